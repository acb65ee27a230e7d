//! Which paths a published file may have.

/// Checks that a path stays below the root of the site and can be served by any host.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(path: &str) -> Result<(), String> {
    if path == super::manifest::NAME {
        return Err("这个文件名由本程序使用".to_owned());
    }
    for part in path.split('/') {
        if matches!(part, "" | "." | "..") {
            return Err("路径离开了站点文件夹，或含有空的部分".to_owned());
        }
        if part.chars().any(|character| character.is_control() || "\\:*?\"<>|".contains(character)) {
            return Err("路径含有不能用于文件名的字符".to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn paths_that_leave_the_site_are_refused() {
        for path in ["index.html", "a/b-c/1.json", "a/..b", "三公.csv"] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        let bad = ["", "/etc/passwd", "a/../b", "..", "a//b", "a/", "a\\b", "c:x", "a\0b", ".budgetsite-manifest.json"];
        for path in bad {
            assert!(check(path).is_err(), "{path}");
        }
    }
}
