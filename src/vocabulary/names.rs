//! Names of functional classes and economic codes.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::text;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Functions {
    classes: BTreeMap<String, Vec<String>>,
    sections: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Economic {
    departmental: BTreeMap<String, String>,
    governmental: BTreeMap<String, String>,
}

/// Codes and their names.
#[derive(Debug)]
pub struct CodeNames {
    function_names: BTreeMap<String, String>,
    class_codes: FxHashMap<String, String>,
    economic: BTreeMap<String, String>,
    departmental_codes: FxHashMap<String, String>,
}

impl CodeNames {
    pub(super) fn load(functions: &str, economic: &str) -> Self {
        let functions: Functions = super::embedded("functions.toml", functions);
        let economic: Economic = super::embedded("economic.toml", economic);
        let mut names = CodeNames {
            function_names: functions.sections,
            class_codes: FxHashMap::default(),
            economic: BTreeMap::new(),
            departmental_codes: FxHashMap::default(),
        };
        for (code, aliases) in functions.classes {
            for alias in &aliases {
                names.class_codes.insert(stem(&text::label_key(alias)).to_owned(), code.clone());
            }
            names.function_names.extend(aliases.into_iter().next().map(|name| (code, name)));
        }
        for (code, name) in &economic.departmental {
            let key = text::label_key(name);
            let shared = economic.departmental.values().filter(|other| text::label_key(other) == key).count() > 1;
            if !shared {
                names.departmental_codes.insert(key, code.clone());
            }
        }
        names.economic.extend(economic.departmental);
        names.economic.extend(economic.governmental);
        names
    }

    /// The code of a functional class by one of its names; ordinals and a 支出 or 事务 at the end do not matter.
    pub fn function_class(&self, label: &str) -> Option<&str> {
        self.class_codes.get(stem(&text::label_key(label))).map(String::as_str)
    }

    /// The name of a functional class or section.
    pub fn function_name(&self, code: &str) -> Option<&str> {
        self.function_names.get(code).map(String::as_str)
    }

    /// The name of an economic code.
    pub fn economic_name(&self, code: &str) -> Option<&str> {
        self.economic.get(code).map(String::as_str)
    }

    /// The departmental economic code with a name, when the name belongs to one code alone.
    pub fn departmental_code(&self, label: &str) -> Option<&str> {
        self.departmental_codes.get(&text::label_key(label)).map(String::as_str)
    }
}

fn stem(label: &str) -> &str {
    let mut stem = label;
    while let Some(shorter) = ["类", "支出", "事务"].iter().find_map(|end| stem.strip_suffix(end)) {
        stem = shorter;
    }
    stem
}
