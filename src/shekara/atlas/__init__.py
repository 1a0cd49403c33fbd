"""An atlas: layers, claims and maps in a folder, read strictly and never changed."""

from shekara.atlas.load import bundled, folder, load
from shekara.atlas.model import Atlas, Attributes, Claim, ClaimKind, Layer, Map

__all__ = ["Atlas", "Attributes", "Claim", "ClaimKind", "Layer", "Map", "bundled", "folder", "load"]
