"""The encrypted database: SQLCipher, its tables, its cleaning, its check."""
