"""Where units come from: tables and profiles, part by part, each row either as answers or with what is wrong."""
