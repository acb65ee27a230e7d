//! The search index: JSON shards that a static page queries without a server.
