//! Rendering: the site to pages.
