"""The encrypted, signed parcel of applications (*liasse*), its receipt, and public key cards."""
