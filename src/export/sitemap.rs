//! `sitemap.xml` and `robots.txt`.

use std::fmt::Write as _;

use crate::assemble::Site;
use crate::config::SiteConfig;

/// The pages that every site has.
const PAGES: [&str; 16] = [
    "",
    "departments/",
    "regions/",
    "functions/",
    "economic/",
    "three-public/",
    "projects/",
    "checks/",
    "status/",
    "changes/",
    "glossary/",
    "compare/",
    "data/",
    "method/",
    "guide/",
    "about/",
];

/// `robots.txt`: everything may be read; the sitemap is named when the site's address is known.
pub(super) fn robots(config: &SiteConfig) -> String {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = base(config) {
        let _ = writeln!(robots, "\nSitemap: {base}/sitemap.xml");
    }
    robots
}

/// `sitemap.xml`: the site's pages, regions, departments and disclosures; `None` when the site's address is not known,
/// because a sitemap must hold absolute addresses.
pub(super) fn sitemap(config: &SiteConfig, site: &Site) -> Option<String> {
    let base = escape(&base(config)?);
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    let mut add = |url: &str, modified: Option<&str>| {
        let _ = write!(xml, "  <url><loc>{base}/{}</loc>", escape(url));
        if let Some(date) = modified {
            let _ = write!(xml, "<lastmod>{}</lastmod>", escape(date));
        }
        xml.push_str("</url>\n");
    };
    PAGES.iter().for_each(|page| add(page, None));
    site.regions.iter().for_each(|region| add(&format!("regions/{}/", region.slug), None));
    site.codes.iter().for_each(|code| add(&code.url(), None));
    site.departments.iter().for_each(|department| add(&format!("departments/{}/", department.slug), None));
    for published in &site.disclosures {
        add(&published.url, published.disclosure.identity.published.as_deref());
    }
    xml.push_str("</urlset>\n");
    Some(xml)
}

/// The site's address without the last slash; `None` when it is not known.
fn base(config: &SiteConfig) -> Option<String> {
    let base = config.base_url.trim().trim_end_matches('/');
    (!base.is_empty()).then(|| base.to_owned())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&apos;")
}
