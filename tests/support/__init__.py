"""What tests share: small atlases, scenes, browsers, programs."""
