//! Views: what each kind of page shows its template, one file a kind.
