//! Rules that formulas cannot say.

use serde::Deserialize;

/// The checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Check {
    /// Cells whose amount was repaired.
    Repaired,
    /// Cells that could not be placed.
    Unplaced,
}
