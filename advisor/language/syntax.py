"""Reading an expression with Python's own parser, after a small rewriting of the table words `of`, `where` and `by`."""

from __future__ import annotations

import ast
import io
import keyword
import re
import tokenize

_LONGEST = 2_000
_DEEPEST = 12
_MOST_DIGITS = 15
"""As many as Python's parser keeps exactly, so that 0.15 here is 15 hundredths and nothing else."""
_NUMBER = re.compile(r"\d+(\.\d+)?")
TABLE = "_table_"
RESERVED = frozenset({*keyword.kwlist, "true", "false", "unknown", "not_applicable", "of", "by", "where"})
"""Words that cannot be names."""


class ExpressionError(ValueError):
    """An expression that cannot be used: `code`, what is wrong, and the part of the text it is about."""

    def __init__(self, code: str, message: str, part: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.part = part


def parse(text: str) -> ast.expr:
    """The Python syntax tree of an expression of the rulebook language."""
    if len(text) > _LONGEST:
        raise ExpressionError("E001", f"longer than {_LONGEST} characters: name parts of it as measures or findings")
    try:
        tree = ast.parse(_rewritten(text), mode="eval").body
    except ExpressionError:
        raise
    except (SyntaxError, tokenize.TokenError, ValueError, MemoryError, RecursionError) as error:
        raise ExpressionError("E002", f"is not an expression: {_reason(error)}", text) from None
    if _depth(tree) > _DEEPEST:
        raise ExpressionError("E003", f"nested deeper than {_DEEPEST}: name parts of it as measures or findings")
    return tree


def _reason(error: BaseException) -> str:
    return error.msg if isinstance(error, SyntaxError) else str(error) or type(error).__name__


def _rewritten(text: str) -> str:
    """`sum(a of t where c)` as `sum(a for t in _ if c)`, `count(t where c)` as `count(_ for t in _ if c)`.

    The token stream is joined on one line, so that line breaks in YAML never matter.
    """
    words: list[str] = []
    call_starts: list[int] = []
    for token in tokenize.generate_tokens(io.StringIO(" ".join(text.split())).readline):
        if token.type in (tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER):
            continue
        _refuse_unreadable(token)
        if token.string == "(":
            call_starts.append(len(words) + 1)
        elif token.string == ")" and call_starts:
            call_starts.pop()
        if token.type == tokenize.NAME and call_starts and token.string in ("of", "by", "where"):
            _replace_table_word(token.string, words, call_starts[-1])
        else:
            words.append(token.string)
    return " ".join(words)


def _refuse_unreadable(token: tokenize.TokenInfo) -> None:
    """Refuse what Python would read and no author means: comments that swallow a line, odd or inexact numbers."""
    if token.type == tokenize.COMMENT:
        raise ExpressionError("E002", "is not an expression: put the remark after # into a YAML comment", token.string)
    if "\\" in token.string:
        raise ExpressionError("E002", "is not an expression: a backslash has no meaning here", token.string)
    if token.type == tokenize.NUMBER:
        digits = len(token.string) - ("." in token.string)
        if not _NUMBER.fullmatch(token.string) or digits > _MOST_DIGITS:
            shown = token.string if len(token.string) <= 40 else f"{token.string[:39]}…"
            message = f"«{shown}» is no number here; write digits and a point, at most {_MOST_DIGITS} digits"
            raise ExpressionError("E005", message, token.string)


def _replace_table_word(word: str, words: list[str], call_start: int) -> None:
    inside = words[call_start:]
    if word == "of":
        words.extend(["for", TABLE, "in"])
    elif word == "by":
        words.append("if")
        words.append("_by_ ==")
    elif TABLE in inside:
        words.append("if")
    else:
        words[call_start:] = ["_", "for", TABLE, "in", *inside, "if"]


def _depth(tree: ast.AST) -> int:
    deepest = 0
    stack = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        if isinstance(node, ast.expr):
            deepest = max(deepest, depth)
        stack.extend((child, depth + isinstance(node, ast.expr)) for child in ast.iter_child_nodes(node))
    return deepest
