"""XLSForm workbooks: read into our definitions, and written from them (xlsform.org, ODK, Kobo)."""
