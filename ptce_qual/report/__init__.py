"""What people read: the dossier, its figures, the workbook and the documents, rendered to bytes and never written."""
