//! What a page offers as data, in the words of schema.org, for search engines of data.

use serde_json::{Value, json};

use crate::assemble::{Department, PublishedDisclosure};
use crate::render::page::Renderer;
use crate::render::wording::links;

/// The license is the publisher's to give, so none is claimed. Addresses are absolute when the site's is known, else
/// relative to the page.
fn address(renderer: &Renderer<'_>, page: &str, path: &str) -> String {
    let base = renderer.config.base_url.trim_end_matches('/');
    if base.is_empty() { links::href(page, path) } else { format!("{base}/{path}") }
}

fn dataset(renderer: &Renderer<'_>, page: &str, name: &str, description: &str) -> Value {
    let publisher = &renderer.config.publisher.name;
    let mut dataset = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "description": description,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": true,
        "url": address(renderer, page, page),
    });
    if !publisher.is_empty() {
        dataset["publisher"] = json!({ "@type": "Organization", "name": publisher });
    }
    dataset
}

fn download(renderer: &Renderer<'_>, page: &str, path: &str, name: &str) -> Value {
    let format = match path.rsplit('.').next() {
        Some("json") => "application/json",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "text/csv",
    };
    json!({ "@type": "DataDownload", "name": name, "encodingFormat": format, "contentUrl": address(renderer, page, path) })
}

/// All data of the site: name and path of each file.
pub(in crate::render) fn of_site(
    renderer: &Renderer<'_>,
    page: &str,
    description: &str,
    files: &[(&str, &str)],
) -> Value {
    let mut dataset = dataset(renderer, page, &renderer.config.title, description);
    dataset["distribution"] = files.iter().map(|(name, path)| download(renderer, page, path, name)).collect();
    if let Some((first, last)) = renderer.site.coverage.years {
        dataset["temporalCoverage"] = Value::from(format!("{first}/{last}"));
    }
    dataset
}

/// A department with the name of its region and its files beside the page.
pub(in crate::render) fn of_department(
    renderer: &Renderer<'_>,
    department: &Department,
    region: Option<&(String, String)>,
    description: &str,
    files: &[(String, String)],
) -> Value {
    let page = &department.url;
    let mut dataset = dataset(renderer, page, &department.name, description);
    dataset["creator"] = json!({ "@type": "GovernmentOrganization", "name": department.name });
    if let Some((name, _)) = region {
        dataset["spatialCoverage"] = Value::from(name.as_str());
    }
    let file = |(name, path): &(String, String)| download(renderer, page, &format!("{page}{path}"), name);
    dataset["distribution"] = files.iter().map(file).collect();
    dataset
}

/// A disclosure with its statements: name and path of each CSV, relative to the page.
pub(in crate::render) fn of_disclosure(
    renderer: &Renderer<'_>,
    published: &PublishedDisclosure,
    description: &str,
    files: &[(String, String)],
) -> Value {
    let page = &published.url;
    let department = &renderer.site.departments[published.department];
    let identity = &published.disclosure.identity;
    let mut dataset = dataset(renderer, page, &published.title, description);
    dataset["creator"] = json!({ "@type": "GovernmentOrganization", "name": department.name });
    if let Some(year) = identity.year {
        dataset["temporalCoverage"] = Value::from(year.to_string());
    }
    if let Some(date) = identity.published.as_deref() {
        dataset["datePublished"] = Value::from(date);
    }
    let file = |(name, path): &(String, String)| download(renderer, page, &format!("{page}{path}"), name);
    dataset["distribution"] = files.iter().map(file).collect();
    dataset
}
