"""Any fillable PDF becomes a form: questions proposed from its fields and the print beside them."""
