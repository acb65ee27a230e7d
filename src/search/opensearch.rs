//! `search/opensearch.xml`: tells browsers how to search the site from their address bar.

use crate::config::SiteConfig;
use crate::output::Output;

/// Writes the description. It must name the site's full address, so a site without one has none.
pub fn describe(config: &SiteConfig, output: &dyn Output) {
    let base = config.base_url.trim_end_matches('/');
    if !base.is_empty() {
        output.write("search/opensearch.xml", description(&config.title, base).into_bytes());
    }
}

fn description(title: &str, base: &str) -> String {
    let short = escaped(&title.chars().take(SHORT).collect::<String>());
    let (title, base) = (escaped(title), escaped(base));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{short}</ShortName>\n\
         <Description>{title}</Description>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <Url type=\"text/html\" template=\"{base}/search/?q={{searchTerms}}\"/>\n\
         </OpenSearchDescription>\n"
    )
}

/// A short name has at most 16 characters.
const SHORT: usize = 16;

fn escaped(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::config::SiteConfig;
    use crate::output::MemoryOutput;

    fn written(base_url: &str) -> Option<String> {
        let config =
            SiteConfig { base_url: base_url.to_owned(), title: "甲<乙>县".to_owned(), ..SiteConfig::default() };
        let output = MemoryOutput::default();
        describe(&config, &output);
        output.into_files().remove("search/opensearch.xml").map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn the_description_names_the_full_address_or_is_not_there() {
        assert_eq!(written(""), None);
        let text = written("https://example.org/a&b/").unwrap();
        assert!(text.contains("template=\"https://example.org/a&amp;b/search/?q={searchTerms}\""), "{text}");
        assert!(text.contains("<ShortName>甲&lt;乙&gt;县</ShortName>"), "{text}");
    }
}
