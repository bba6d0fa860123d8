"""The pages of the sandbox: the list of stand-ins, and for each one page to look into it and to break it."""

from collections.abc import Iterable
from html import escape

from sandbox.faults import Fault
from sandbox.frame import Answer, Request, StandIn, json_answer, redirect

STYLE = """
body{margin:0 auto;max-width:60rem;padding:1rem;font:16px/1.7 system-ui,sans-serif;color:#1f2937;background:#f8fafc}
h1{font-size:1.4rem;margin:.4rem 0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
.banner{background:#fff7e0;border:1px solid #e7c766;border-radius:6px;padding:.5rem .8rem}
.broken{background:#fde8e8;border-color:#e39a9a}
table{border-collapse:collapse;width:100%;background:#fff}td,th{border:1px solid #d5dbe3;padding:.35rem .6rem;text-align:left}
.wide{overflow-x:auto}form{margin:.3rem 0}fieldset{border:1px solid #d5dbe3;border-radius:6px;background:#fff}
label{display:block;min-height:2rem}label.inline{display:inline-block;margin-right:1rem}
button{font:inherit;padding:.4rem 1.2rem;min-height:2.75rem;border:0;border-radius:6px;background:#1d4ed8;color:#fff}
button.plain{background:#fff;color:#1d4ed8;border:1px solid #1d4ed8}input[type=number]{font:inherit;width:6rem;padding:.3rem}
ol{padding-left:1.6rem}li{overflow-wrap:anywhere}svg{max-width:14rem;height:auto;display:block}
""".strip()


def whole(title: str, body: str) -> str:
    """A complete page around `body`."""
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )


def index(stand_ins: Iterable[StandIn]) -> str:
    rows = "".join(
        f'<tr><td><a href="/{each.name}/">{escape(each.title)}</a></td><td>{escape(each.about)}</td>'
        f"<td>{escape(each.switch.fault.label)}</td></tr>"
        for each in stand_ins
    )
    return whole(
        "外部系统替身",
        "<h1>外部系统替身</h1><p>演示和测试用。每个替身都是真的 HTTP 服务，可以看里面有什么，也可以弄坏它。</p>"
        f'<div class="wide"><table><tr><th>系统</th><th>代替什么</th><th>现在</th></tr>{rows}</table></div>',
    )


def own_page(stand_in: StandIn) -> str:
    """The state of the switch, the switch, what the stand-in holds, what happened lately."""
    switch, is_broken = stand_in.switch, stand_in.switch.fault is not Fault.NONE
    lasting = "直到恢复" if switch.left is None else f"还有 {switch.left} 次"
    state = f"现在：{switch.fault.label}" + (f"（{lasting}）" if is_broken else "")
    return whole(
        stand_in.title,
        f'<p><a href="/">全部替身</a></p><h1>{escape(stand_in.title)}（替身）</h1><p>{escape(stand_in.about)}</p>'
        f'<p class="banner{" broken" if is_broken else ""}" role="status">{escape(state)}</p>'
        f"{_switch_form(stand_in)}{stand_in.look()}"
        f"{_diary('最近的请求', stand_in.diary)}{_diary('最近发出的通知', stand_in.courier.diary)}",
    )


def turned(stand_in: StandIn, request: Request) -> Answer:
    """The switch was used: by the form of the page, or by a test with the same three fields."""
    asked = request.form()
    times = int(asked["times"]) if asked.get("times") else None
    try:
        stand_in.switch.turn(asked.get("fault", Fault.NONE), times, float(asked.get("seconds") or 30))
    except ValueError:
        return json_answer({"error": f"unknown fault {asked.get('fault')}"}, 400)
    return redirect(f"/{stand_in.name}/")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Cells are HTML already: escape what people or the platform wrote."""
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><tr>{head}</tr>{body}</table></div>'


def _switch_form(stand_in: StandIn) -> str:
    choices = "".join(
        f'<label><input type="radio" name="fault" value="{fault.value}"'
        f"{' checked' if fault is stand_in.switch.fault else ''}> {escape(fault.label)}</label>"
        for fault in Fault
    )
    return (
        f'<h2>弄坏它</h2><form method="post" action="/{stand_in.name}/switch"><fieldset>{choices}'
        '<label class="inline">次数（空着表示一直） <input type="number" name="times" min="1" max="999"></label>'
        '<label class="inline">慢多少秒 <input type="number" name="seconds" min="0" max="120" value="30"></label>'
        "<p><button>就这样</button></p></fieldset></form>"
    )


def _diary(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h2>{title}</h2>" + (f"<ol>{items}</ol>" if items else "<p>还没有。</p>")
