//! The figures that every disclosure is asked for, each computed in one place from the facts.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::amount::Amount;
use super::identity::Phase;

/// The headline figures of the output contract. `None` means that the document does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// 收入总计
    pub income_total: Option<Amount>,
    /// 支出总计
    pub expenditure_total: Option<Amount>,
    /// 本年收入合计
    pub current_income: Option<Amount>,
    /// 本年支出合计
    pub current_expenditure: Option<Amount>,
    /// 上年结转结余
    pub carried_in: Option<Amount>,
    /// 年终结转结余
    pub carried_out: Option<Amount>,
    /// 基本支出
    pub basic: Option<Amount>,
    /// 项目支出
    pub project: Option<Amount>,
    /// 人员经费
    pub personnel: Option<Amount>,
    /// 公用经费
    pub operating: Option<Amount>,
    /// 机关运行经费 or 机构运转经费
    pub agency_operating: Option<Amount>,
}

impl Figures {
    /// All figures with their names in the output contract, in contract order.
    pub fn named(&self) -> [(&'static str, &Option<Amount>); 11] {
        [
            ("income_total", &self.income_total),
            ("expenditure_total", &self.expenditure_total),
            ("current_income", &self.current_income),
            ("current_expenditure", &self.current_expenditure),
            ("carried_in", &self.carried_in),
            ("carried_out", &self.carried_out),
            ("basic", &self.basic),
            ("project", &self.project),
            ("personnel", &self.personnel),
            ("operating", &self.operating),
            ("agency_operating", &self.agency_operating),
        ]
    }
}

/// The level of a functional code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FunctionLevel {
    /// 类, 3 digits
    Class,
    /// 款, 5 digits
    Section,
    /// 项, 7 digits
    Item,
}

impl FunctionLevel {
    /// The level of a code by its length; `None` for anything that is no functional code.
    pub fn of(code: &str) -> Option<Self> {
        match code.len() {
            3 => Some(FunctionLevel::Class),
            5 => Some(FunctionLevel::Section),
            7 => Some(FunctionLevel::Item),
            _ => None,
        }
    }

    /// 类, 款 or 项.
    pub fn label(self) -> &'static str {
        match self {
            FunctionLevel::Class => "类",
            FunctionLevel::Section => "款",
            FunctionLevel::Item => "项",
        }
    }
}

/// Spending on one functional code. Levels that the document does not print are summed and marked derived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionFigures {
    /// 3, 5 or 7 digits.
    pub code: CompactString,
    /// The name as printed, else from the code list.
    pub name: CompactString,
    /// 类, 款 or 项.
    pub level: FunctionLevel,
    /// 合计
    pub total: Option<Amount>,
    /// 基本支出
    pub basic: Option<Amount>,
    /// 项目支出
    pub project: Option<Amount>,
}

/// A part of the three public expenses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThreePublicPart {
    /// 合计
    Total,
    /// 因公出国（境）费
    Abroad,
    /// 公务用车购置及运行费
    Vehicles,
    /// 公务用车购置费
    VehiclePurchase,
    /// 公务用车运行维护费
    VehicleOperation,
    /// 公务接待费
    Reception,
}

impl ThreePublicPart {
    /// All parts in contract order.
    pub const ALL: [ThreePublicPart; 6] = [
        ThreePublicPart::Total,
        ThreePublicPart::Abroad,
        ThreePublicPart::Vehicles,
        ThreePublicPart::VehiclePurchase,
        ThreePublicPart::VehicleOperation,
        ThreePublicPart::Reception,
    ];

    /// The word of the output contract.
    pub fn word(self) -> &'static str {
        match self {
            ThreePublicPart::Total => "total",
            ThreePublicPart::Abroad => "abroad",
            ThreePublicPart::Vehicles => "vehicles",
            ThreePublicPart::VehiclePurchase => "vehicle_purchase",
            ThreePublicPart::VehicleOperation => "vehicle_operation",
            ThreePublicPart::Reception => "reception",
        }
    }

    /// The name that readers see.
    pub fn label(self) -> &'static str {
        match self {
            ThreePublicPart::Total => "“三公”经费合计",
            ThreePublicPart::Abroad => "因公出国（境）费",
            ThreePublicPart::Vehicles => "公务用车购置及运行维护费",
            ThreePublicPart::VehiclePurchase => "公务用车购置费",
            ThreePublicPart::VehicleOperation => "公务用车运行维护费",
            ThreePublicPart::Reception => "公务接待费",
        }
    }
}

/// The three public expenses of one year and phase. `None` is "not told", which is not zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreePublic {
    /// The fiscal year.
    pub year: u16,
    /// Budget or final.
    pub phase: Phase,
    /// 合计
    pub total: Option<Amount>,
    /// 因公出国（境）费
    pub abroad: Option<Amount>,
    /// 公务用车购置及运行费
    pub vehicles: Option<Amount>,
    /// 公务用车购置费
    pub vehicle_purchase: Option<Amount>,
    /// 公务用车运行维护费
    pub vehicle_operation: Option<Amount>,
    /// 公务接待费
    pub reception: Option<Amount>,
}

impl ThreePublic {
    /// A row that tells nothing yet.
    pub fn new(year: u16, phase: Phase) -> Self {
        ThreePublic {
            year,
            phase,
            total: None,
            abroad: None,
            vehicles: None,
            vehicle_purchase: None,
            vehicle_operation: None,
            reception: None,
        }
    }

    /// The amount of a part.
    pub fn part(&self, part: ThreePublicPart) -> &Option<Amount> {
        match part {
            ThreePublicPart::Total => &self.total,
            ThreePublicPart::Abroad => &self.abroad,
            ThreePublicPart::Vehicles => &self.vehicles,
            ThreePublicPart::VehiclePurchase => &self.vehicle_purchase,
            ThreePublicPart::VehicleOperation => &self.vehicle_operation,
            ThreePublicPart::Reception => &self.reception,
        }
    }

    /// The place where the amount of a part is kept.
    pub fn part_mut(&mut self, part: ThreePublicPart) -> &mut Option<Amount> {
        match part {
            ThreePublicPart::Total => &mut self.total,
            ThreePublicPart::Abroad => &mut self.abroad,
            ThreePublicPart::Vehicles => &mut self.vehicles,
            ThreePublicPart::VehiclePurchase => &mut self.vehicle_purchase,
            ThreePublicPart::VehicleOperation => &mut self.vehicle_operation,
            ThreePublicPart::Reception => &mut self.reception,
        }
    }
}
