"""The annual report as a web page for the portal: one file, readable on a phone, by a screen reader, and on paper."""

from __future__ import annotations

from html import escape

from content.render.annual_report.report_document import DRAFT, CellKind, Grid, GridCell, ReportDocument

STYLE = """
body{margin:0 auto;max-width:60rem;padding:1rem;font:1.05rem/1.8 "FangSong","仿宋","Noto Serif CJK SC",serif;color:#111;background:#fff}
h1{font:1.7rem/1.4 "方正小标宋简体","STZhongsong","Noto Serif CJK SC",serif;text-align:center}
h2{font:1.25rem/1.6 "SimHei","黑体","Noto Sans CJK SC",sans-serif}
p{text-indent:2em;margin:.4em 0}
.wide{overflow-x:auto}
.wide table{min-width:44rem}
table{border-collapse:collapse;width:100%;margin:.6em 0;font-size:.9rem;line-height:1.4}
caption{text-align:left;padding:.2em 0}
th,td{border:1px solid #333;padding:.25em .4em;font-weight:normal}
th[scope=row]{text-align:left}
td{text-align:center}
thead th{background:#f2f2f2;text-align:center}
.draft{color:#a00000;font-weight:bold;text-align:center;text-indent:0}
@media print{.draft{position:fixed;top:0;left:0;right:0}.wide{overflow:visible}.wide table{min-width:0}}
""".strip()


def write(document: ReportDocument) -> bytes:
    """The page, in UTF-8."""
    mark = f'<p class="draft">{DRAFT}</p>' if document.draft else ""
    parts = []
    for heading, section, grid in document.parts():
        parts.append(f"<section><h2>{escape(heading)}</h2>")
        parts += [f"<p>{escape(paragraph)}</p>" for paragraph in section]
        parts += [_table(grid)] if grid else []
        parts.append("</section>")
    title = escape(document.title)
    page = (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body><main>{mark}<h1>{title}</h1>\n{chr(10).join(parts)}\n</main></body></html>\n"
    )
    return page.encode()


def _table(grid: Grid) -> str:
    lines = [f"<tr>{''.join(map(_cell, row))}</tr>" for row in grid.rows]
    head = f"<thead>{''.join(lines[: grid.heads])}</thead>" if grid.heads else ""
    body = "\n".join(lines[grid.heads :])
    caption = escape(grid.caption)
    return (f'<div class="wide" tabindex="0" role="region" aria-label="{caption}表"><table><caption>{caption}</caption>'
            f"{head}<tbody>{body}</tbody></table></div>")  # fmt: skip


def _cell(cell: GridCell) -> str:
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    if cell.kind is CellKind.FIGURE:
        return f"<td{spans}>{escape(cell.text)}</td>"
    scope = {
        CellKind.HEAD: "colgroup" if cell.columns > 1 else "col",
        CellKind.LABEL: "rowgroup" if cell.rows > 1 else "row",
    }
    return f'<th scope="{scope[cell.kind]}"{spans}>{escape(cell.text)}</th>'
