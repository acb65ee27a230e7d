//! Names of functional classes and economic codes.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::text;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Functions {
    #[serde(default)]
    classes: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    sections: BTreeMap<String, String>,
    #[serde(default)]
    items: BTreeMap<String, String>,
    #[serde(default)]
    natures: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Economic {
    #[serde(default)]
    departmental: BTreeMap<String, String>,
    #[serde(default)]
    governmental: BTreeMap<String, String>,
}

/// 工资福利支出 and 对个人和家庭的补助 are spent on persons; every other class keeps the office running.
const PERSONNEL: [&str; 2] = ["301", "303"];

/// Codes and their names.
#[derive(Debug)]
pub struct CodeNames {
    function_names: BTreeMap<String, String>,
    /// The names of items and sections as they are compared, by code.
    items: BTreeMap<String, String>,
    sections: FxHashMap<String, String>,
    class_codes: FxHashMap<String, String>,
    economic: BTreeMap<String, String>,
    departmental_codes: FxHashMap<String, String>,
    /// The natures of items that are by their definition basic or project expenditure, by name.
    item_natures: FxHashMap<String, String>,
}

impl CodeNames {
    pub(super) fn load(functions: &[String], economic: &[String]) -> Self {
        let mut all = Functions::default();
        for added in super::read_all::<Functions>("functions.toml", functions) {
            for (code, names) in added.classes {
                all.classes.entry(code).or_default().extend(names);
            }
            all.sections.extend(added.sections);
            all.items.extend(added.items);
            for (nature, names) in added.natures {
                all.natures.entry(nature).or_default().extend(names);
            }
        }
        let functions = all;
        let mut all = Economic::default();
        for added in super::read_all::<Economic>("economic.toml", economic) {
            all.departmental.extend(added.departmental);
            all.governmental.extend(added.governmental);
        }
        let economic = all;
        let named = |(nature, names): (&String, &Vec<String>)| {
            names.iter().map(|name| (text::label_key(name), nature.clone())).collect::<Vec<_>>()
        };
        let item_natures = functions.natures.iter().flat_map(named).collect();
        let section = |(code, name): (&String, &String)| (code.clone(), stem(&text::label_key(name)).to_owned());
        let mut names = CodeNames {
            sections: functions.sections.iter().map(section).collect(),
            function_names: functions.sections,
            items: functions.items.into_iter().map(|(code, name)| (code, text::label_key(&name))).collect(),
            class_codes: FxHashMap::default(),
            economic: BTreeMap::new(),
            departmental_codes: FxHashMap::default(),
            item_natures,
        };
        for (code, aliases) in functions.classes {
            for alias in &aliases {
                names.class_codes.insert(stem(&text::label_key(alias)).to_owned(), code.clone());
            }
            names.function_names.extend(aliases.into_iter().next().map(|name| (code, name)));
        }
        // A name that several codes have tells none of them.
        let mut shared = FxHashSet::default();
        for (code, name) in &economic.departmental {
            let key = text::label_key(name);
            if shared.contains(&key) || names.departmental_codes.insert(key.clone(), code.clone()).is_some() {
                names.departmental_codes.remove(&key);
                shared.insert(key);
            }
        }
        names.economic.extend(economic.departmental);
        names.economic.extend(economic.governmental);
        names
    }

    /// True for a departmental economic code whose class is spent on persons.
    pub fn is_personnel(code: &str) -> bool {
        PERSONNEL.iter().any(|class| code.starts_with(class))
    }

    /// The nature, basic or project, that the definition of a functional item gives it; `None` for most items.
    pub fn nature_of_item(&self, name: &str) -> Option<&str> {
        self.item_natures.get(&text::label_key(name)).map(String::as_str)
    }

    /// The code of a functional class by one of its names; ordinals and a 支出 or 事务 at the end do not matter.
    pub fn function_class(&self, label: &str) -> Option<&str> {
        let key = text::label_key(label);
        if let Some(code) = self.class_codes.get(stem(&key)) {
            return Some(code);
        }
        // 201 一般公共服务支出
        let (printed, name) = key.split_at_checked(3)?;
        self.class_codes.get(stem(name)).filter(|code| *code == printed).map(String::as_str)
    }

    /// The code of an item by its name, when one item of the class has it, in the section when its name is told.
    pub fn function_item(&self, class: &str, section: &str, name: &str) -> Option<&str> {
        let name = text::label_key(name);
        let section = stem(&text::label_key(section)).to_owned();
        let in_section =
            |code: &str| section.is_empty() || self.sections.get(&code[..5]).is_some_and(|named| *named == section);
        let mut fitting = self
            .items
            .range(class.to_owned()..)
            .take_while(|(code, _)| code.starts_with(class))
            .filter(|(code, item)| **item == name && in_section(code));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first.0.as_str())
    }

    /// The code of an item by its name in a section (by code).
    pub fn function_item_of(&self, section: &str, name: &str) -> Option<&str> {
        let name = text::label_key(name);
        let mut items = self.items.range(section.to_owned()..).take_while(|(code, _)| code.starts_with(section));
        items.find(|(_, item)| **item == name).map(|(code, _)| code.as_str())
    }

    /// The code of what else a section (by code) is spent on: 其他信访事务支出 is 99 of 信访事务.
    pub fn other_item_of(&self, section: &str, name: &str) -> Option<String> {
        let key = text::label_key(name);
        let rest = stem(key.strip_prefix("其他")?);
        (self.sections.get(section).is_some_and(|named| named == rest)).then(|| format!("{section}99"))
    }

    /// The code of a section by its name in a class (by code).
    pub fn function_section(&self, class: &str, name: &str) -> Option<&str> {
        let name = stem(&text::label_key(name)).to_owned();
        let of_class = self.sections.iter().filter(|(code, _)| code.starts_with(class));
        let mut fitting = of_class.filter(|(_, section)| **section == name).map(|(code, _)| code.as_str());
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// True for the name of some function or economic class: no name of a whole.
    pub fn is_function_or_class(&self, label: &str) -> bool {
        let key = text::label_key(label);
        self.class_codes.contains_key(stem(&key))
            || self.departmental_codes.contains_key(&key)
            || self.items.values().any(|item| *item == key)
            || self.sections.values().any(|section| section == stem(&key))
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
