//! The commands: what they write, how they end.

use std::process::Stdio;

use crate::support::{TestSite, files};

/// A site as `init` makes it, in `site`.
fn new_site() -> TestSite {
    let site = TestSite::new(&[]);
    let ended = site.run(&["init", "site"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    site
}

#[test]
fn a_new_site_builds_at_once_without_a_word_of_complaint() {
    let site = new_site();
    let ended = site.run(&["build", "--root", "site"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{}", ended.stdout);
    assert!(ended.stdout.contains("识别  1 份公开文件，3 张表"), "{}", ended.stdout);
    assert!(ended.stdout.contains("发现  错误 0，警告 0"), "{}", ended.stdout);
    assert!(ended.stdout.contains("→ site/public"), "{}", ended.stdout);
    assert!(site.path("site/public/data/disclosures.json").is_file());
    assert_eq!(site.run(&["check", "--root", "site", "--strict"]).code, 0);
}

#[test]
fn timings_tell_every_stage_to_people_and_programs_and_a_pipe_sees_no_progress() {
    let site = new_site();
    let ended = site.run(&["build", "--root", "site", "--timings"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{}", ended.stdout);
    let table = ended.stdout.split("阶段 ").nth(1).unwrap();
    let stages: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(stages, ["配置", "读取", "识别", "核对", "汇集", "页面", "检索", "数据", "写入"]);
    assert!(ended.stdout.contains("；最大的页面 "), "{}", ended.stdout);
    let ended = site.run(&["build", "--root", "site", "--timings", "--format", "json", "--full"]);
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    let stages: Vec<&str> =
        report["timings"].as_array().unwrap().iter().filter_map(|one| one["stage"].as_str()).collect();
    assert_eq!(stages.len(), 9);
    assert!(report["timings"][2]["microseconds"].as_u64().unwrap() > 0);
    assert_eq!(report["counts"]["failed"], 0);
}

#[test]
fn init_refuses_a_folder_with_files() {
    let site = TestSite::new(&[("here/file", b"x")]);
    let ended = site.run(&["init", "here"]);
    assert_eq!(ended.code, 2);
    assert_eq!(ended.stderr.trim(), "错误[init-not-empty]: here 不是空的，没有改动\n建议: 换一个不存在的或空的目录");
    assert_eq!(files(&site.path("here")), [("file".to_owned(), b"x".to_vec())]);
    assert_eq!(site.run(&["init", "here/file"]).code, 3);
}

#[test]
fn one_thread_and_many_write_the_same_bytes() {
    let site = new_site();
    for (jobs, out) in [("1", "one"), ("8", "many")] {
        assert_eq!(site.run(&["build", "--root", "site", "--jobs", jobs, "--out", out]).code, 0);
    }
    let one = files(&site.path("one"));
    assert!(one.len() > 5);
    assert_eq!(one, files(&site.path("many")));
}

#[test]
fn the_original_is_published_beside_the_page_that_links_it() {
    let site = new_site();
    let folder = "site/content/样例省/样例市/甲区/政务服务局";
    let text = std::fs::read_to_string(site.path(folder).join("2025-预算.md")).unwrap();
    let text = text.replacen("+++\n", "+++\noriginal = \"预算公开.PDF\"\n", 1);
    site.write(&format!("{folder}/2025-预算.md"), text.as_bytes());
    site.write(&format!("{folder}/预算公开.PDF"), b"%PDF-1.7");
    let ended = site.run(&["build", "--root", "site"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    let files = files(&site.path("site/public"));
    let (path, bytes) = files.iter().find(|(path, _)| path.ends_with("/original.pdf")).unwrap();
    assert_eq!(bytes, b"%PDF-1.7");
    let page = site.path("site/public").join(path.replace("original.pdf", "index.html"));
    assert!(std::fs::read_to_string(page).unwrap().contains("href=\"original.pdf\""));
}

#[test]
fn a_build_with_errors_publishes_the_rest() {
    let site = new_site();
    site.write("site/content/bad.txt", b"\0");
    let ended = site.run(&["build", "--root", "site"]);
    assert_eq!(ended.code, 3);
    assert!(ended.stderr.contains("site/content/bad.txt:1:1"), "{}", ended.stderr);
    assert!(site.path("site/public/data/disclosures.json").is_file());
}

#[test]
fn a_bad_configuration_leaves_the_published_site() {
    let site = new_site();
    site.run(&["build", "--root", "site"]);
    let before = files(&site.path("site/public"));
    site.write("site/site.toml", b"titel = 1");
    let ended = site.run(&["build", "--root", "site"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("site/site.toml:1:1"), "{}", ended.stderr);
    assert!(ended.stdout.starts_with("写入  没有发布，原有的站点没有改动"), "{}", ended.stdout);
    site.write("site/site.toml", b"[build]\nminimum_disclosures = 9");
    assert_eq!(site.run(&["build", "--root", "site"]).code, 3);
    assert_eq!(files(&site.path("site/public")), before);
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let site = new_site();
    assert_eq!(site.run(&["build", "--root", "site"]).code, 0);
    let old = files(&site.path("site/public"));
    site.write("site/site.toml", "title = \"另一个名称\"\n".as_bytes());
    assert_eq!(site.run(&["build", "--root", "site", "--out", "new"]).code, 0);
    let new = files(&site.path("new"));
    for wait in (0..40).step_by(4) {
        let mut build = site.program(&["build", "--root", "site"]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        build.kill().unwrap();
        build.wait().unwrap();
        let left = files(&site.path("site/public"));
        assert!(left == old || left == new, "killed after {wait} ms");
    }
    assert_eq!(site.run(&["build", "--root", "site"]).code, 0);
    assert_eq!(files(&site.path("site/public")), new);
    assert!(!site.path("site/.public.building").exists());
}

#[test]
fn a_build_of_unchanged_input_is_not_made_again_and_every_change_is_seen() {
    let site = new_site();
    let first = site.run(&["build", "--root", "site"]);
    let page = first_document(&site.path("site/content")).unwrap();
    let text = std::fs::read_to_string(&page).unwrap();
    let unchanged = || site.run(&["build", "--root", "site"]);
    let ended = unchanged();
    assert!(ended.stdout.contains("没有变动，没有重新生成"), "{}", ended.stdout);
    assert_eq!((ended.code, &ended.stderr), (first.code, &first.stderr));
    let counts = |stdout: &str| stdout.lines().take_while(|line| !line.starts_with("写入")).collect::<String>();
    assert_eq!(counts(&ended.stdout), counts(&first.stdout));
    let changes: [(&str, &dyn Fn()); 8] = [
        ("content", &|| std::fs::write(&page, text.replace("办公", "公办")).unwrap()),
        ("front matter", &|| std::fs::write(&page, format!("+++\nyear = 2031\n+++\n{text}")).unwrap()),
        ("site.toml", &|| site.write("site/site.toml", "title = \"又一个名称\"\n".as_bytes())),
        ("a stylesheet", &|| site.write("site/static/site.css", b"body{}")),
        ("a text page", &|| site.write("site/pages/method.md", b"# A\n\nB")),
        ("a name", &|| std::fs::rename(&page, page.with_file_name("renamed.md")).unwrap()),
        ("a page by hand", &|| site.write("site/public/index.html", b"by hand")),
        ("a page gone", &|| std::fs::remove_file(site.path("site/public/404.html")).unwrap()),
    ];
    for (what, change) in changes {
        change();
        let ended = unchanged();
        assert!(!ended.stdout.contains("没有变动"), "{what}: {}", ended.stdout);
        site.run(&["build", "--root", "site", "--full", "--out", "full"]);
        let ours = |files: Vec<(String, Vec<u8>)>| -> Vec<(String, Vec<u8>)> {
            files.into_iter().filter(|(path, _)| !path.starts_with('.')).collect()
        };
        assert!(ours(files(&site.path("site/public"))) == ours(files(&site.path("full"))), "{what}");
        assert!(unchanged().stdout.contains("没有变动"), "{what}");
    }
}

/// The first document below a folder, by path.
fn first_document(folder: &std::path::Path) -> Option<std::path::PathBuf> {
    files(folder).into_iter().map(|(path, _)| folder.join(path)).find(|path| !path.ends_with("README.md"))
}

#[test]
fn an_output_folder_with_other_files_is_not_touched() {
    let site = new_site();
    site.write("out/thesis.txt", b"years of work");
    let ended = site.run(&["build", "--root", "site", "--out", "out"]);
    assert_eq!(ended.code, 3);
    assert!(ended.stderr.contains("publish-not-ours"), "{}", ended.stderr);
    assert_eq!(files(&site.path("out")), [("thesis.txt".to_owned(), b"years of work".to_vec())]);
    assert_eq!(site.run(&["build", "--root", "site", "--out", "out", "--force"]).code, 0);
    assert_eq!(site.run(&["build", "--root", "site", "--out", "site", "--force"]).code, 2);
}

#[test]
fn a_disk_that_takes_no_more_leaves_the_published_site() {
    let site = new_site();
    assert_eq!(site.run(&["build", "--root", "site"]).code, 0);
    let before = files(&site.path("site/public"));
    site.write("site/site.toml", "title = \"另一个名称\"\n".as_bytes());
    // Files may have 512 bytes: every page fails to be written in the middle, as on a full disk.
    let program = format!("trap '' XFSZ; ulimit -f 1; exec {} build --root site", env!("CARGO_BIN_EXE_budgetsite"));
    let output = std::process::Command::new("sh").args(["-c", &program]).current_dir(site.path("")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("错误[publish-write]: 无法写入 site/public/"), "{said}");
    assert!(said.contains("：超过系统允许的文件大小"), "{said}");
    assert_eq!(files(&site.path("site/public")), before);
    assert!(!site.path("site/.public.building").exists());
}

#[test]
fn nobody_reading_the_output_is_no_failure() {
    let site = new_site();
    for arguments in [&["check", "--root", "site"][..], &["--help"], &["check", "--root", "site", "--format", "json"]] {
        let mut program = site.program(arguments).stdout(Stdio::piped()).spawn().unwrap();
        drop(program.stdout.take());
        assert_eq!(program.wait().unwrap().code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn json_holds_the_whole_report() {
    let site = new_site();
    site.write("site/content/bad.txt", "单位\0".as_bytes());
    let ended = site.run(&["check", "--root", "site", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    let said = &report["diagnostics"][0];
    assert_eq!((ended.code, ended.stderr.as_str()), (3, ""));
    assert_eq!((said["code"].as_str(), said["severity"].as_str()), (Some("read-nul"), Some("error")));
    let place = serde_json::json!({
        "file": "site/content/bad.txt", "line": 1, "column": 3, "length": 1, "text": "单位\0"
    });
    assert_eq!(said["place"], place);
    assert_eq!(report["counts"]["disclosures"], 1);
    let ended = site.run(&["build", "--root", "site", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(report["published"]["folder"], "site/public");
}

#[test]
fn colours_are_for_terminals_only() {
    let site = TestSite::new(&[("site.toml", b"x = 1")]);
    let coloured = |variables: &[(&str, &str)]| {
        let mut program = site.program(&["check"]);
        program.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").envs(variables.iter().copied());
        String::from_utf8(program.output().unwrap().stdout).unwrap().contains('\u{1b}')
    };
    assert!(!coloured(&[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}
