"""A folder of Parquet parts on several machines: each part by itself, with the kernel of `advisor portfolio`."""
