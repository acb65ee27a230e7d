//! Recognizing: documents to a disclosure.
