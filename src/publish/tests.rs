//! Publishing: what is on the disk after each way in which a build can end.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::{MANIFEST_NAME, Publication, PublishSummary};
use crate::output::Output;

fn publish(target: &Path, files: &[(&str, &str)]) -> Result<PublishSummary, Vec<&'static str>> {
    let publication = Publication::begin(target, false).map_err(|problem| vec![problem.code])?;
    publish_with(publication, files)
}

fn publish_with(publication: Publication, files: &[(&str, &str)]) -> Result<PublishSummary, Vec<&'static str>> {
    for (path, text) in files {
        publication.write(path, text.as_bytes().to_vec());
    }
    let published = publication.finish().map(|summary| PublishSummary { heaviest: Vec::new(), ..summary });
    published.map_err(|problems| problems.iter().map(|problem| problem.code).collect())
}

/// Every file below a folder but the manifest, with its text.
fn content(folder: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != MANIFEST_NAME)
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn expected(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// The names beside the target: a finished build leaves nothing there.
fn neighbours(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn summary(written: usize, unchanged: usize, removed: usize, kept: usize, bytes: u64) -> PublishSummary {
    PublishSummary { written, unchanged, removed, kept, bytes, heaviest: Vec::new() }
}

#[test]
fn the_largest_pages_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let publication = Publication::begin(&folder.path().join("public"), false).unwrap();
    for (path, size) in [("a.html", 1), ("b.html", 9), ("c.html", 3), ("d.json", 99), ("e.html", 9)] {
        publication.write(path, vec![b'x'; size]);
    }
    let heaviest = [("b.html".to_owned(), 9), ("e.html".to_owned(), 9), ("c.html".to_owned(), 3)];
    assert_eq!(publication.finish().unwrap().heaviest, heaviest);
}

#[test]
fn files_are_written_kept_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("deep/public");
    assert_eq!(
        publish(&target, &[("index.html", "一"), ("a/b.html", "b"), ("old/c", "c")]),
        Ok(summary(3, 0, 0, 0, 5))
    );
    let inode = |path: &str| fs::metadata(target.join(path)).unwrap().ino();
    let (same, changed) = (inode("a/b.html"), inode("index.html"));
    assert_eq!(publish(&target, &[("index.html", "二"), ("a/b.html", "b"), ("new", "n")]), Ok(summary(2, 1, 1, 0, 5)));
    assert_eq!(content(&target), expected(&[("index.html", "二"), ("a/b.html", "b"), ("new", "n")]));
    assert_eq!(inode("a/b.html"), same);
    assert_ne!(inode("index.html"), changed);
    assert!(!target.join("old").exists());
    assert_eq!(neighbours(&folder.path().join("deep")), ["public"]);
}

#[test]
fn an_unchanged_site_is_not_touched_and_a_damaged_file_is_put_right() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("public");
    let files = [("index.html", "甲"), ("b", "乙")];
    publish(&target, &files).unwrap();
    let inode = fs::metadata(&target).unwrap().ino();
    assert_eq!(publish(&target, &files), Ok(summary(0, 2, 0, 0, 6)));
    assert_eq!(fs::metadata(&target).unwrap().ino(), inode);
    fs::write(target.join("b"), "丙").unwrap();
    assert_eq!(publish(&target, &files), Ok(summary(1, 1, 0, 0, 6)));
    assert_eq!(content(&target), expected(&files));
}

#[test]
fn the_site_before_becomes_the_new_one_whatever_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (target, kept) = (folder.path().join("public"), folder.path().join("cache/site"));
    let publish = |files: &[(&str, &str)]| {
        let published = publish_with(Publication::begin(&target, false).unwrap().reusing(kept.clone()), files);
        assert!(neighbours(folder.path()).iter().all(|name| ["cache", "public"].contains(&name.as_str())));
        published
    };
    let found = |path: &str| fs::metadata(target.join(path)).unwrap();
    publish(&[("index.html", "一"), ("a/b", "b"), ("old/c", "c"), ("f", "f")]).unwrap();
    assert!(!kept.exists(), "there was no site before the first one");
    let unchanged = found("a/b").ino();
    let next = [("index.html", "二"), ("a/b", "b"), ("f/g", "g")];
    assert_eq!(publish(&next), Ok(summary(2, 1, 2, 0, 5)));
    assert_eq!(content(&target), expected(&next));
    assert_eq!((found("a/b").ino(), found("a/b").nlink()), (unchanged, 2));
    // A file where a folder was, and a folder where a file was; what was changed in between is not brought back.
    let third = [("index.html", "一"), ("a", "a"), ("f/g", "g"), ("old/c", "c")];
    assert_eq!(publish(&third), Ok(summary(3, 1, 1, 0, 6)));
    assert_eq!(content(&target), expected(&third));
    assert_eq!(content(&kept), expected(&next));
    // A changed file is a new one: hosts compare times.
    let older = fs::metadata(kept.join("f/g")).unwrap();
    assert_eq!((older.ino(), older.nlink()), (found("f/g").ino(), 2));
    // Whatever happens to the kept site.
    fs::write(kept.join("index.html"), "坏").unwrap();
    fs::remove_file(kept.join("f/g")).unwrap();
    fs::create_dir_all(kept.join("f/g/h")).unwrap();
    fs::write(kept.join("CNAME"), "nobody").unwrap();
    fs::write(target.join("robots"), "another's").unwrap();
    let fourth = [("index.html", "坏"), ("f/g", "g"), ("x", "x")];
    assert_eq!(publish(&fourth), Ok(summary(2, 1, 2, 1, 5)));
    assert_eq!(content(&target), expected(&[fourth[0], fourth[1], fourth[2], ("robots", "another's")]));
    // A build that fails leaves the published site, and what it has made so far helps the next one.
    assert_eq!(publish(&[("index.html", "三"), ("../escape", "x")]), Err(vec!["publish-write"]));
    assert_eq!(content(&target), expected(&[fourth[0], fourth[1], fourth[2], ("robots", "another's")]));
    fs::remove_file(target.join("robots")).unwrap();
    assert_eq!(publish(&[("x", "y"), ("f/g/h", "h")]), Ok(summary(2, 0, 2, 0, 2)));
    assert_eq!(content(&target), expected(&[("x", "y"), ("f/g/h", "h")]));
    assert_eq!(publish(&[("x", "y"), ("x/z", "z")]), Err(vec!["publish-write"]));
    assert_eq!(content(&target), expected(&[("x", "y"), ("f/g/h", "h")]));
}

#[test]
fn files_of_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("public");
    publish(&target, &[("index.html", "1"), ("a/x", "x")]).unwrap();
    for (path, text) in [("CNAME", "example.org"), ("a/y", "y"), (".git/HEAD", "ref")] {
        fs::create_dir_all(target.join(path).parent().unwrap()).unwrap();
        fs::write(target.join(path), text).unwrap();
    }
    assert_eq!(publish(&target, &[("index.html", "2"), ("CNAME", "ours")]), Ok(summary(2, 0, 1, 2, 5)));
    let left = [("index.html", "2"), ("CNAME", "ours"), ("a/y", "y"), (".git/HEAD", "ref")];
    assert_eq!(content(&target), expected(&left));
    assert_eq!(publish(&target, &[("index.html", "3"), ("a", "a file now")]), Ok(summary(2, 0, 1, 1, 11)));
    assert_eq!(publish(&target, &[]), Ok(summary(0, 0, 2, 1, 0)));
    assert_eq!(publish(&target, &[]), Ok(summary(0, 0, 0, 0, 0)));
    assert_eq!(content(&target), expected(&[(".git/HEAD", "ref")]));
}

#[test]
fn a_folder_that_is_not_ours_is_refused_until_forced() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("home");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("thesis.txt"), "years of work").unwrap();
    assert_eq!(publish(&target, &[("index.html", "1")]), Err(vec!["publish-not-ours"]));
    fs::write(target.join(MANIFEST_NAME), "not json").unwrap();
    assert_eq!(publish(&target, &[("index.html", "1")]), Err(vec!["publish-not-ours"]));
    assert_eq!(content(&target), expected(&[("thesis.txt", "years of work")]));
    let publication = Publication::begin(&target, true).unwrap();
    publication.write("index.html", b"1".to_vec());
    publication.finish().unwrap();
    assert_eq!(content(&target), expected(&[("index.html", "1")]));
    assert_eq!(publish(&folder.path().join("home/index.html"), &[]), Err(vec!["publish-failed"]));
}

#[test]
fn a_failed_write_leaves_the_published_site() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("public");
    publish(&target, &[("index.html", "1")]).unwrap();
    let long = "n".repeat(300);
    for bad in ["index.html/below", "../escape", "/etc/escape", long.as_str(), "INDEX.html", "index.html"] {
        assert_eq!(publish(&target, &[("index.html", "2"), (bad, "x")]), Err(vec!["publish-write"]), "{bad}");
        assert_eq!(content(&target), expected(&[("index.html", "1")]));
        assert_eq!(neighbours(folder.path()), ["public"]);
    }
    let many: Vec<String> = (0..9).map(|number| format!("../{number}")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|path| (path.as_str(), "")).collect();
    assert_eq!(publish(&target, &many).unwrap_err().len(), 6);
}

#[test]
fn what_a_killed_build_left_is_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("public");
    publish(&target, &[("index.html", "1")]).unwrap();
    let work = folder.path().join(".public.building");
    fs::create_dir_all(work.join("site/half")).unwrap();
    fs::write(work.join("site/half/page"), "half").unwrap();
    fs::write(work.join("lock"), "").unwrap();
    publish(&target, &[("index.html", "2")]).unwrap();
    assert_eq!(content(&target), expected(&[("index.html", "2")]));
    assert_eq!(neighbours(folder.path()), ["public"]);
}

#[test]
fn a_build_killed_between_two_renames_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("public");
    publish(&target, &[("index.html", "1"), ("CNAME", "example.org")]).unwrap();
    let work = folder.path().join(".public.building");
    fs::create_dir(&work).unwrap();
    fs::rename(&target, work.join("old")).unwrap();
    drop(Publication::begin(&target, false).unwrap());
    assert_eq!(content(&target), expected(&[("index.html", "1"), ("CNAME", "example.org")]));
}

#[test]
fn two_renames_swap_too_and_are_undone_when_the_second_fails() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    for (name, text) in [("site", "new"), ("public", "old")] {
        fs::create_dir(place(name)).unwrap();
        fs::write(place(name).join("index.html"), text).unwrap();
    }
    super::swap::rename_twice(&place("missing"), &place("public"), &place("away")).unwrap_err();
    assert_eq!(content(&place("public")), expected(&[("index.html", "old")]));
    super::swap::rename_twice(&place("site"), &place("public"), &place("away")).unwrap();
    assert_eq!(content(&place("public")), expected(&[("index.html", "new")]));
}

#[test]
fn a_second_build_at_once_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("public");
    let first = Publication::begin(&target, false).unwrap();
    first.write("index.html", b"1".to_vec());
    assert_eq!(publish(&target, &[("index.html", "2")]), Err(vec!["publish-busy"]));
    first.finish().unwrap();
    assert_eq!(publish(&target, &[("index.html", "2")]), Ok(summary(1, 0, 0, 0, 1)));
}

#[test]
fn a_link_to_the_target_is_resolved_and_links_inside_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("real");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, folder.path().join("public")).unwrap();
    publish(&folder.path().join("public"), &[("index.html", "1")]).unwrap();
    assert!(folder.path().join("public").is_symlink());
    assert_eq!(content(&real), expected(&[("index.html", "1")]));
    let secret = folder.path().join("secret");
    fs::write(&secret, "1").unwrap();
    fs::remove_file(real.join("index.html")).unwrap();
    std::os::unix::fs::symlink(&secret, real.join("index.html")).unwrap();
    publish(&real, &[("index.html", "1")]).unwrap();
    assert!(!real.join("index.html").is_symlink());
}
