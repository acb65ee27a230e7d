//! What the document tells of its organization beside money: duties, assets, the targets of the department.

use serde::Serialize;

use super::money::Money;
use super::subjects::{IndicatorGroup, Line, indicator_groups, line};
use crate::render::wording::escape::visible;

/// A duty.
#[derive(Debug, Serialize)]
pub(super) struct DutyRow {
    text: String,
    line: Line,
}

/// Assets of a kind.
#[derive(Debug, Serialize)]
pub(super) struct AssetRow {
    label: String,
    count: String,
    line: Line,
}

pub(super) fn duties(money: Money<'_>) -> Vec<DutyRow> {
    let duties = money.published.disclosure.duties.iter();
    duties.map(|duty| DutyRow { text: visible(&duty.text), line: line(duty.place) }).collect()
}

pub(super) fn assets(money: Money<'_>) -> Vec<AssetRow> {
    let assets = money.published.disclosure.assets.iter();
    let count = |asset: &crate::model::Asset| format!("{} {}", asset.count, asset.measure);
    assets
        .map(|asset| AssetRow { label: visible(&asset.label), count: visible(&count(asset)), line: line(asset.place) })
        .collect()
}

pub(super) fn targets(money: Money<'_>) -> Vec<IndicatorGroup> {
    indicator_groups(money.words, &money.published.disclosure.targets)
}
