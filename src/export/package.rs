//! `data/datapackage.json`: a Data Package descriptor of every data file and column.

use serde_json::{Map, Value, json};

use super::dictionary::{DataFile, Field};
use crate::config::SiteConfig;

/// The descriptor. `sizes` are the byte sizes of the files.
pub(super) fn bytes(config: &SiteConfig, files: &[DataFile], sizes: &[usize]) -> Vec<u8> {
    let mut package = Map::new();
    package.insert("$schema".to_owned(), json!("https://datapackage.org/profiles/2.0/datapackage.json"));
    package.insert("name".to_owned(), json!("budget-disclosures"));
    package.insert("title".to_owned(), json!(config.title));
    package.insert("description".to_owned(), json!(config.description));
    if !config.base_url.is_empty() {
        package.insert("homepage".to_owned(), json!(config.base_url));
    }
    if !config.publisher.name.is_empty() {
        package.insert("contributors".to_owned(), json!([contributor(config)]));
    }
    let resources: Vec<Value> = files.iter().zip(sizes).map(|(file, size)| resource(file, *size)).collect();
    package.insert("resources".to_owned(), Value::Array(resources));
    let mut bytes = serde_json::to_vec_pretty(&package).expect("strings and numbers can be written as JSON");
    bytes.push(b'\n');
    bytes
}

fn contributor(config: &SiteConfig) -> Value {
    let mut contributor = Map::new();
    contributor.insert("title".to_owned(), json!(config.publisher.name));
    if !config.publisher.url.is_empty() {
        contributor.insert("path".to_owned(), json!(config.publisher.url));
    }
    contributor.insert("roles".to_owned(), json!(["publisher"]));
    Value::Object(contributor)
}

fn resource(file: &DataFile, size: usize) -> Value {
    let name = file.path.trim_start_matches("data/");
    let (stem, format) = name.rsplit_once('.').unwrap_or((name, ""));
    let fields: Vec<Value> = file.fields.iter().map(field).collect();
    json!({
        "name": stem,
        "type": "table",
        "path": name,
        "title": file.title,
        "description": file.about,
        "format": format,
        "mediatype": if format == "csv" { "text/csv" } else { "application/json" },
        "encoding": "utf-8",
        "bytes": size,
        "schema": { "fields": fields, "missingValues": [""] },
    })
}

fn field(field: &Field) -> Value {
    let mut value = Map::new();
    value.insert("name".to_owned(), json!(field.name));
    value.insert("type".to_owned(), json!(field.kind.word()));
    value.insert("description".to_owned(), json!(field.about));
    if !field.words.is_empty() {
        value.insert("constraints".to_owned(), json!({ "enum": field.words }));
    }
    Value::Object(value)
}
