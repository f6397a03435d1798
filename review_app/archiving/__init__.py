"""The archive package of a closed review: documents, content, signatures and log, with a script that checks them."""
