//! Charts: numbers to SVG, drawn by plotters through a backend of our own.
