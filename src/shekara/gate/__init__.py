"""The one gate for data: a file of any format, a GeoDataFrame or an array, as `Features`.

Every command and function that takes shapes asks here, so that none can differ on what may be
measured. `Features` hold longitude and latitude on the data's own datum, with the ellipsoid, names,
attributes, the stated accuracy and remarks that must be said; features that mean nothing are left
out by name, the others stay.

>>> import shapely
>>> ring = shapely.Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)])  # uncut
>>> features = from_shapes([ring])
>>> [part.bounds for part in features.shapes("straight")[0][0].geoms]
[(179.0, 0.0, 180.0, 1.0), (-180.0, 0.0, -179.0, 1.0)]
"""

from shekara.gate.model import EdgeKind, Features, Remark
from shekara.gate.reading import each_by_itself, from_frame, from_shapes, read, read_one
from shekara.gate.stream import Stream, streams

__all__ = [
    "EdgeKind",
    "Features",
    "Remark",
    "Stream",
    "each_by_itself",
    "from_frame",
    "from_shapes",
    "read",
    "read_one",
    "streams",
]
