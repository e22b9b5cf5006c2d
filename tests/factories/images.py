"""Pictures of the editors' library, with words, licence and what must not be cut away."""

from __future__ import annotations

from wagtail.images.tests.utils import get_test_image_file

from kb.models import LibraryImage


def make_picture(title="Portræt", **changes) -> LibraryImage:
    values = {
        "title": title,
        "file": get_test_image_file(),
        "description": "To mennesker ved et bord",
        "licence": "own",
        "licence_holder": "Fjordby Kommune",
        "focal_point_x": 20,
        "focal_point_y": 20,
        "focal_point_width": 10,
        "focal_point_height": 10,
    }
    return LibraryImage.objects.create(**values | changes)
