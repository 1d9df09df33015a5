"""Type and size of images come from their bytes; bombs and what isn't an image are refused before anything decodes."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain import imagefile
from studio.domain.errors import Invalid
from studio.domain.imagefile import sniff
from tests.support import images

sides = st.integers(1, 9_000)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (images.png_head(40, 30), "image/png"),
        (images.jpeg_head(40, 30), "image/jpeg"),
        (images.jpeg_head(30, 40, orientation=6), "image/jpeg"),
        (images.jpeg_head(40, 30, orientation=3), "image/jpeg"),
        (images.gif_head(40, 30), "image/gif"),
        (images.webp_head(b"VP8X", 40, 30), "image/webp"),
        (images.webp_head(b"VP8L", 40, 30), "image/webp"),
        (images.webp_head(b"VP8 ", 40, 30), "image/webp"),
        (images.bmp_head(40, 30), "image/bmp"),
        (images.bmp_head(40, -30), "image/bmp"),
    ],
)
def test_type_and_shown_size_are_read_from_the_header(data: bytes, media_type: str) -> None:
    assert sniff(data) == (media_type, 40, 30)


@given(sides, sides)
def test_every_form_tells_the_same_size(width: int, height: int) -> None:
    forms = [images.png_head, images.jpeg_head, images.gif_head, images.bmp_head]
    made = [form(width, height) for form in forms] + [images.webp_head(k, width, height) for k in (b"VP8X", b"VP8L")]
    assert {sniff(data)[1:] for data in made} == {(width, height)}


@given(st.binary(max_size=200))
def test_no_bytes_whatever_break_the_reading(data: bytes) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1", b"GIF8", b"RIFF1234WEBP", b"BM"):
        with suppress(Invalid):
            facts = sniff(start + data)
            assert 0 < facts.width * facts.height <= imagefile.MAX_PIXELS


@pytest.mark.parametrize(("width", "height"), [(10_001, 10_000), (40_000, 2), (2**31 - 1, 2**31 - 1), (0, 5)])
def test_a_bomb_is_refused_by_its_header(width: int, height: int) -> None:
    with pytest.raises(Invalid, match="pixels"):
        sniff(images.png_head(width, height))


def test_a_file_over_the_limit_is_refused_whatever_it_is() -> None:
    with pytest.raises(Invalid, match="64 MB"):
        sniff(bytes(imagefile.MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\xef\xbb\xbf<svg/>", "SVG"),
        (b"\0\0\0\x20ftypheic", "HEIC"),
        (b"II*\0" + bytes(20), "TIFF"),
        (b"%PDF-1.7", "PDF"),
        (b"MZ" + bytes(90), "isn't an image"),
        (b"", "empty"),
        (images.png_head(4, 3)[:20], "damaged"),
        (images.jpeg_head(4, 3)[:12], "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
    ],
)
def test_what_is_not_shown_here_is_refused_in_words_that_say_why(data: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        sniff(data)


def test_exif_that_points_beyond_its_end_counts_as_upright() -> None:
    assert sniff(images.jpeg_head(4, 3, orientation=6).replace(b"\0\0\0\x08", b"\0\0\xff\xff", 1))[1:] == (4, 3)
