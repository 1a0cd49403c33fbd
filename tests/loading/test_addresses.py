"""What a source may give as its address: a page of the web or a DOI, and nothing else."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from shekara.atlas.values import Url

URL: TypeAdapter[str] = TypeAdapter(Url)


@pytest.mark.parametrize("url", [
    "http:///x", "https://", "https://:80/", "https:///", "http://[::1", "https://a:99999/",
    "https://a b/", "https://a\n/", "https://a\u202e/", "https:a", "javascript:alert(1)",
    "//example.org", "file:///etc/passwd", "doi:", "doi:x", "doi:10.1/", "", " https://a/",
    "data:text/html,x", "https://?x", "https://user@/x",
])  # fmt: skip
def test_what_leads_nowhere_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="is no web address"):
        URL.validate_python(url)


@pytest.mark.parametrize("url", [
    "https://example.org", "http://example.org:8080/a?b=c#d", "https://пример.рф/страница",
    "https://[::1]/x", "doi:10.1007/s00190-012-0578-z", "https://example.org/a_(b)%20c",
])  # fmt: skip
def test_an_address_stays_as_it_is_written(url: str) -> None:
    assert URL.validate_python(url) == url
