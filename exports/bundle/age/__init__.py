"""The age v1 file format (c2sp.org/age) on the primitives of `cryptography`, with no option.

Writes for hybrid (ML-KEM-768 and X25519) and X25519 recipients; reads these, passphrases and ASCII
armor. Section names in the docstrings are those of the specification, C2SP age.md.
"""
