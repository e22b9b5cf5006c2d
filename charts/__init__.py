"""Figures drawn on the server: a Vega-Lite spec and data in, an SVG that may stand in a page out.

The drawing has attributes only, no style and no script, so the strict policy lets it stand inline.
It is made once for each content and cached under its hash; the same numbers cost nothing again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import vl_convert
from django.core.cache import cache
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

VERSION = "5.21"
KEPT_SECONDS = 24 * 60 * 60
# The drawing library's own names of our two languages.
LOCALES: Mapping[str, Any] = {"da": "da-DK", "en": "en-GB"}
# The site's colours; the same as static/src/scss/_theme.scss.
LOOK: Mapping[str, Any] = {
    "background": None,
    "font": "IBM Plex Sans, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": 400,
        "labelColor": "#454545",
        "titleColor": "#454545",
        "gridColor": "#dcdcdc",
        "domainColor": "#747474",
        "tickColor": "#747474",
        "labelLimit": 260,
    },
    "text": {"fontSize": 13, "color": "#1a1a1a"},
    "legend": {"labelFontSize": 13, "titleFontSize": 13},
}
TAG = re.compile(r"<[a-zA-Z][^>]*>")
# What tells a screen reader about single marks: the drawing is one image with a description.
PART_ROLES = re.compile(r'\s(?:aria-[a-z]+|role|class)="[^"]*"')
IDS = re.compile(r'(\bid="|url\(#|href="#)')


def render(
    spec: Mapping[str, Any],
    *,
    title: str,
    desc: str,
    datasets: Mapping[str, Sequence[Mapping[str, Any]]],
    params: Mapping[str, Any] | None = None,
    width: int | None = None,
    locale: str | None = None,
) -> SafeString:
    """Draw `spec` and return `<svg role="img">` with a title and a description.

    datasets: rows by the names the spec's `data` use; values are JSON types.
    params: values for the spec's `params`, by name: translated words, thresholds.
    width: in pixels, when not the spec's own. locale: "da" or "en", the active language by default.
    Raises ValueError when the spec cannot be drawn.
    """
    language = (locale or get_language() or "da")[:2]
    full = _filled(spec, datasets, params or {}, width)
    content = json.dumps([VERSION, language, full], sort_keys=True, ensure_ascii=False)
    digest = sha256(content.encode()).hexdigest()
    drawing = cache.get(f"chart:{digest}")
    if drawing is None:
        drawing = _draw(full, LOCALES.get(language, "en-GB"), f"c{digest[:8]}")
        cache.set(f"chart:{digest}", drawing, KEPT_SECONDS)
    name = f"c{digest[:8]}"
    head = f'<svg role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc"'
    description = (
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(desc)}</desc>'
    )
    start, rest = drawing.split(">", 1)
    return SafeString(  # nosec B703 (title and description are escaped above)
        f"{head}{start.removeprefix('<svg')}>{description}{rest}"
    )


@lru_cache
def load_spec(path: Path) -> Mapping[str, Any]:
    """A Vega-Lite spec from its JSON file, read once."""
    spec: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return spec


def _filled(
    spec: Mapping[str, Any],
    datasets: Mapping[str, Sequence[Mapping[str, Any]]],
    params: Mapping[str, Any],
    width: int | None,
) -> dict[str, Any]:
    known = {param["name"] for param in spec.get("params", [])}
    if unknown := set(params) - known:
        raise ValueError(f"The spec has no parameter {', '.join(sorted(unknown))}.")
    return {
        **spec,
        "params": [
            {**param, "value": params.get(param["name"], param.get("value"))}
            for param in spec.get("params", [])
        ],
        "datasets": {name: list(rows) for name, rows in datasets.items()},
        "config": {**LOOK, **spec.get("config", {})},
        **({"width": width} if width else {}),
    }


def _draw(spec: Mapping[str, Any], locale: Any, prefix: str) -> str:
    svg: str = vl_convert.vegalite_to_svg(
        dict(spec),
        vl_version=VERSION,
        format_locale=locale,
        time_format_locale=locale,
        allowed_base_urls=[],
    )
    svg = TAG.sub(lambda tag: PART_ROLES.sub("", tag.group()), svg)
    return IDS.sub(lambda found: f"{found.group(1)}{prefix}", svg)
