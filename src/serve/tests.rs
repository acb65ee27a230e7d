//! The preview over a real socket: a small site in a temporary folder, requests byte by byte.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Event, ServeOptions, Server};

/// How long a test waits for what must come before it gives up.
const PATIENCE: Duration = Duration::from_secs(60);

const CONFIG: &str = "title = \"预览的站点\"\n";
const DISCLOSURE: &str = include_str!("../cli/site/2025-budget.md");
const PAGE: &str = "/checks/index.html";

/// A site, beside files that are none of its business.
struct TestSite {
    folder: tempfile::TempDir,
}

impl TestSite {
    fn new() -> Self {
        let site = TestSite { folder: tempfile::tempdir().unwrap() };
        site.write("site.toml", CONFIG);
        site.write("content/a.md", DISCLOSURE);
        site.write("static/own.css", "/* own */");
        fs::write(site.folder.path().join("secret.txt"), "secret").unwrap();
        site
    }

    /// Puts a file there at once, as editors do, so that no build sees half of it.
    fn write(&self, path: &str, text: &str) {
        let (place, draft) = (self.path(path), self.folder.path().join("draft"));
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&draft, text).unwrap();
        fs::rename(draft, place).unwrap();
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("site").join(path)
    }

    /// Serves the site and waits until it can be opened.
    fn serve(self) -> Preview {
        let options = ServeOptions { root: self.path(""), content: None, host_port: 0, open: false };
        let (sender, told) = mpsc::channel();
        let gate = Arc::new(Mutex::new(()));
        let behind = gate.clone();
        let tell = move |event: &Event<'_>| {
            if let Event::Built { .. } = event {
                drop(behind.lock());
            }
            let word = match event {
                Event::Ready { .. } => "ready".to_owned(),
                Event::Built { changed, news, .. } => {
                    let codes: Vec<_> = news.iter().map(|said| said.code).collect();
                    format!("built {} | {}", changed.join(" "), codes.join(" "))
                }
                Event::Trouble(problem) => format!("trouble {}", problem.message),
                Event::Stopped => "stopped".to_owned(),
            };
            drop(sender.send(word));
        };
        let server = Server::start(&options, Arc::new(tell)).unwrap();
        let port = server.port;
        std::thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(server.run(false, std::future::pending())).unwrap();
        });
        let preview = Preview { site: self, port, told, gate };
        preview.wait_for("ready");
        preview
    }
}

/// A site that is being served.
struct Preview {
    site: TestSite,
    port: u16,
    told: Receiver<String>,
    /// Who holds it keeps builds from being published as a whole.
    gate: Arc<Mutex<()>>,
}

#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Preview {
    /// Waits until the preview tells something that begins so.
    fn wait_for(&self, start: &str) -> String {
        loop {
            let told = self.told.recv_timeout(PATIENCE).unwrap();
            if told.starts_with(start) {
                return told;
            }
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends a request as it is, with `PORT` replaced, and reads the answer to its end.
    fn send(&self, request: &str) -> Reply {
        let mut stream = self.connect();
        stream.write_all(request.replace("PORT", &self.port.to_string()).as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn ask(&self, method: &str, target: &str) -> Reply {
        self.send(&format!("{method} {target} HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n"))
    }

    fn get(&self, target: &str) -> Reply {
        self.ask("GET", target)
    }

    /// Listens to the stream of reloads.
    fn marks(&self) -> Marks {
        let mut stream = self.connect();
        let request = format!("GET {} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", super::reload::EVENTS, self.port);
        stream.write_all(request.as_bytes()).unwrap();
        let (sender, marks) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                line.strip_prefix("data: ").map(|mark| sender.send(mark.to_owned()));
            }
        });
        Marks(marks)
    }
}

/// The marks that the stream of reloads sends, one by one.
struct Marks(Receiver<String>);

impl Marks {
    fn next(&self) -> String {
        self.0.recv_timeout(PATIENCE).unwrap()
    }
}

#[test]
fn files_are_served_with_their_type_and_never_kept() {
    let preview = TestSite::new().serve();
    let page = preview.get(PAGE);
    assert_eq!(page.status, 200);
    for header in ["content-type: text/html; charset=utf-8", "x-content-type-options: nosniff"] {
        assert!(page.head.contains(header), "{}", page.head);
    }
    assert!(page.head.contains("cache-control: no-store"));
    assert!(page.body.contains("预览的站点") && page.body.contains("/_preview/reload.js"));
    assert!(!page.body.contains("preview-problems"));

    let head = preview.ask("HEAD", PAGE);
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert!(head.head.contains(&format!("content-length: {}", page.body.len())), "{}", head.head);

    let style = preview.get("/static/own.css?v=1");
    assert!(style.head.contains("content-type: text/css; charset=utf-8"));
    assert_eq!(style.body, "/* own */");
    assert!(preview.get("/_preview/reload.js").head.contains("content-type: text/javascript; charset=utf-8"));
    assert!(preview.get("/_preview/problems.css").head.contains("content-type: text/css; charset=utf-8"));
    assert_eq!(fs::read_dir(preview.site.path("")).unwrap().count(), 3, "a preview writes nothing");
}

#[test]
fn a_large_file_comes_in_portions_and_whole() {
    let site = TestSite::new();
    let large: String = (0..400_000).map(|number| format!("{number:>7}")).collect();
    site.write("static/large.txt", &large);
    let preview = site.serve();
    let reply = preview.get("/static/large.txt");
    assert!(reply.head.contains(&format!("content-length: {}\r\n", large.len())), "{}", reply.head);
    assert!(reply.body == large, "{} bytes", reply.body.len());
    assert_eq!(preview.ask("HEAD", "/static/large.txt").body, "");
}

#[test]
fn folders_have_a_slash_and_other_requests_are_refused() {
    let preview = TestSite::new().serve();
    assert_eq!(preview.get("/checks/").body, preview.get(PAGE).body);
    let folder = preview.get("/checks?q=1");
    assert_eq!(folder.status, 307);
    assert!(folder.head.contains("location: /checks/?q=1\r\n"), "{}", folder.head);
    for missing in ["/nowhere", "/nowhere/", "/checks/index.html/", "/nowhere/at/all"] {
        let reply = preview.get(missing);
        assert_eq!(reply.status, 404, "{missing}");
        assert!(reply.head.contains("x-content-type-options: nosniff"));
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let reply = preview.ask(method, PAGE);
        assert_eq!(reply.status, 405, "{method}");
        assert!(reply.head.contains("allow: get, head") || reply.head.contains("allow: get,head"), "{}", reply.head);
        assert_eq!(preview.ask(method, "/_preview/events").status, 405);
    }
}

#[test]
fn no_path_leads_out_of_the_site() {
    let site = TestSite::new();
    site.write("static/.hidden", "secret");
    site.write("static/.git/config", "secret");
    symlink(site.folder.path().join("secret.txt"), site.path("static/link.txt")).unwrap();
    symlink(site.folder.path(), site.path("static/folder")).unwrap();
    let preview = site.serve();
    for path in [
        "/../secret.txt",
        "/static/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/static/%2E%2e/%2e./secret.txt",
        "/..%2fsecret.txt",
        "/static/..%5c..%5csecret.txt",
        "/static\\..\\..\\secret.txt",
        "/checks/index.html%00.txt",
        "/static/own.css%00",
        "/static/.hidden",
        "/static/%2ehidden",
        "/static/.git/config",
        "/.git/config",
        "/./checks/index.html",
        "//checks/index.html",
        "/checks//index.html",
        "//example.org/checks",
        "/%ff",
    ] {
        let reply = preview.get(path);
        assert!(matches!(reply.status, 400 | 403), "{path}: {reply:?}");
        assert!(!reply.body.contains("secret"), "{path}");
    }
    for path in ["/static/link.txt", "/static/folder/secret.txt", "/site.toml", "/content/a.md", "/%252e%252e/x"] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
}

#[test]
fn only_requests_to_this_machine_are_answered() {
    let preview = TestSite::new().serve();
    let with = |lines: &str| preview.send(&format!("GET {PAGE} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n"));
    for host in ["localhost:PORT", "127.0.0.1:PORT", "[::1]:PORT"] {
        assert_eq!(with(&format!("Host: {host}\r\n")).status, 200, "{host}");
    }
    for lines in [
        "Host: evil.example\r\n",
        "Host: evil.example:PORT\r\n",
        "Host: localhost\r\n",
        "Host: localhost:1\r\n",
        "Host: 127.0.0.1.evil.example:PORT\r\n",
        "Host: 0.0.0.0:PORT\r\n",
        "Host: \r\n",
        "Host: localhost:PORT\r\nHost: evil.example\r\n",
        "X-Forwarded-Host: localhost:PORT\r\n",
    ] {
        let reply = with(lines);
        assert!(matches!(reply.status, 400 | 403), "{lines}: {reply:?}");
        assert!(!reply.body.contains("预览的站点"), "{lines}");
    }
    let absolute = "GET http://evil.example/ HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n";
    assert_eq!(preview.send(absolute).status, 403);
    let events = "GET /_preview/events HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(preview.send(events).status, 403);
}

#[test]
fn a_change_of_any_input_reaches_the_browser() {
    let preview = TestSite::new().serve();
    let marks = preview.marks();
    let first = marks.next();
    assert!(preview.get(PAGE).body.contains(&format!("data-version=\"{first}\"")));

    preview.site.write("site.toml", "title = \"改了名称\"\n");
    assert!(preview.wait_for("built").starts_with("built site.toml |"));
    let second = marks.next();
    assert_ne!(first, second);
    assert!(preview.get(PAGE).body.contains("改了名称"));

    preview.site.write("static/own.css", "/* other */");
    assert!(preview.wait_for("built").starts_with("built static/own.css |"));
    assert_ne!(marks.next(), second);
    assert_eq!(preview.get("/static/own.css").body, "/* other */");

    let before = preview.get("/data/facts.csv").body;
    preview.site.write("content/new/b.md", &DISCLOSURE.replace("2025", "2024"));
    while preview.get("/data/facts.csv").body == before {
        marks.next();
    }
}

/// The page of the only disclosure.
fn disclosure_page(preview: &Preview) -> String {
    let disclosures = preview.get("/data/disclosures.json").body;
    let url = disclosures.split("\"url\":").nth(1).and_then(|rest| rest.split('"').nth(1));
    format!("/{}", url.unwrap())
}

#[test]
fn the_changed_document_is_shown_before_the_site_is_complete() {
    let preview = TestSite::new().serve();
    let marks = preview.marks();
    marks.next();
    let (page, before) = (disclosure_page(&preview), preview.get("/search/manifest.json").body);
    let held = preview.gate.lock().unwrap();
    preview.site.write("content/a.md", &format!("{DISCLOSURE}\n这一段刚刚写上。\n"));
    marks.next();
    assert!(preview.get(&format!("{page}source/")).body.contains("这一段刚刚写上"));
    assert_eq!(preview.get("/search/manifest.json").body, before);
    drop(held);
    while preview.get("/search/manifest.json").body == before {
        marks.next();
    }
    assert!(preview.get(&format!("{page}source/")).body.contains("这一段刚刚写上"));
}

#[test]
fn a_changed_template_shows_the_open_page_first() {
    let preview = TestSite::new().serve();
    let marks = preview.marks();
    marks.next();
    let page = disclosure_page(&preview);
    assert_eq!(preview.get(&page).status, 200);
    let held = preview.gate.lock().unwrap();
    let base = include_str!("../../templates/base.html").replace("</body>", "<p>新的页脚</p></body>");
    preview.site.write("templates/base.html", &base);
    marks.next();
    assert!(preview.get(&page).body.contains("新的页脚"));
    assert!(!preview.get("/about/").body.contains("新的页脚"));
    drop(held);
    while !preview.get("/about/").body.contains("新的页脚") {
        marks.next();
    }
}

#[test]
fn a_folder_that_comes_and_goes_is_seen() {
    let preview = TestSite::new().serve();
    let marks = preview.marks();
    let first = marks.next();
    for _ in 0..2 {
        for (mistake, place) in [("{% if %}", "templates/base.html:1:"), ("\n{% if %}", "templates/base.html:2:")] {
            preview.site.write("templates/base.html", mistake);
            marks.next();
            assert!(preview.get(PAGE).body.contains(place));
        }
        fs::remove_dir_all(preview.site.path("templates")).unwrap();
        assert_eq!(marks.next(), first);
        assert!(!preview.get(PAGE).body.contains("preview-problems"));
    }
}

#[test]
fn an_error_is_shown_over_the_last_good_site() {
    let preview = TestSite::new().serve();
    let marks = preview.marks();
    marks.next();
    preview.site.write("site.toml", "titel = \"<b>错\"\n");
    marks.next();
    let page = preview.get(PAGE).body;
    for part in ["<title>", "预览的站点", "id=\"preview-problems\" open", "site.toml:1:1", "<mark>titel</mark>"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(page.contains("&lt;b&gt;错") && !page.contains("<b>错"));
    assert_eq!(preview.get("/static/own.css").body, "/* own */");
    preview.site.write("site.toml", CONFIG);
    marks.next();
    assert!(!preview.get(PAGE).body.contains("preview-problems"));
}

#[test]
fn an_error_in_one_document_leaves_the_others() {
    let preview = TestSite::new().serve();
    let marks = preview.marks();
    marks.next();
    preview.site.write("content/bad.txt", "\0");
    marks.next();
    let page = preview.get(PAGE).body;
    assert!(page.contains("id=\"preview-problems\">") && page.contains("content/bad.txt:1:1"), "{page}");
}

#[test]
fn without_any_good_site_the_error_is_the_page() {
    let site = TestSite::new();
    site.write("site.toml", "title = 1\n");
    let preview = site.serve();
    for path in ["/", PAGE, "/departments/x/"] {
        let page = preview.get(path);
        assert_eq!(page.status, 500);
        assert!(page.head.contains("content-type: text/html; charset=utf-8"));
        assert!(page.body.contains("site.toml:1:9") && page.body.contains("/_preview/reload.js"), "{}", page.body);
    }
    let marks = preview.marks();
    marks.next();
    preview.site.write("site.toml", CONFIG);
    marks.next();
    assert_eq!(preview.get(PAGE).status, 200);
}
