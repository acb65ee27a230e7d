//! Checked options: what a command needs, ready to use.

use std::path::{Path, PathBuf};

use super::typed::{
    self, CheckFormat, Command, Format, InputArguments, OutputArguments, ReportArguments, StrictLevel, Typed,
};
use crate::build::{self, SiteFolder};
use crate::model::FindingSeverity;
use crate::serve::ServeOptions;
use crate::{read, report};

/// A command with everything it needs.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Options {
    Build(BuildOptions),
    Assemble(AssembleOptions),
    Check(CheckOptions),
    Explain(ExplainOptions),
    Init(PathBuf),
    Inspect(InspectOptions),
    Search(SearchOptions),
    Serve(ServeOptions),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct InspectOptions {
    pub(super) file: PathBuf,
    /// The site whose words are added to the built-in ones.
    pub(super) root: PathBuf,
    /// Only the table that holds this line.
    pub(super) line: Option<u32>,
    /// Every row, not only the columns and the doubtful cells.
    pub(super) rows: bool,
    pub(super) json: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct SearchOptions {
    pub(super) query: String,
    /// The built site.
    pub(super) site: PathBuf,
    /// How many hits to list at most.
    pub(super) limit: usize,
    pub(super) json: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct BuildOptions {
    pub(super) folder: SiteFolder,
    pub(super) output: OutputOptions,
    /// Build even when nothing changed.
    pub(super) full: bool,
    /// Build only this region, as a shard.
    pub(super) region: Option<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct AssembleOptions {
    pub(super) folder: SiteFolder,
    pub(super) shards: Vec<PathBuf>,
    pub(super) output: OutputOptions,
}

/// Where finished files go, and how that is told.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OutputOptions {
    /// Where the site goes.
    pub(super) out: PathBuf,
    /// Replace a folder that is not ours.
    pub(super) force: bool,
    /// How many threads; 0 for as many as the machine has.
    pub(super) jobs: usize,
    /// From which severity on findings fail, when that was typed.
    pub(super) strict: Option<FindingSeverity>,
    pub(super) format: report::BuildFormat,
}

impl BuildOptions {
    /// True when a build of unchanged input need not be made again.
    pub(super) fn recalls(&self) -> bool {
        !self.full && !self.output.force && self.output.format == report::BuildFormat::default()
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct CheckOptions {
    pub(super) folder: SiteFolder,
    pub(super) strict: Option<FindingSeverity>,
    pub(super) format: report::CheckFormat,
    /// Codes of the rules whose findings are wanted; empty for all.
    pub(super) rules: Vec<String>,
    /// The least serious findings that are wanted.
    pub(super) severity: FindingSeverity,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct ExplainOptions {
    /// The rule; `None` to list all.
    pub(super) code: Option<String>,
    /// The site whose rules are added to the shipped ones.
    pub(super) root: PathBuf,
    /// Whose ledgers to list.
    pub(super) ledger_of: Option<SiteFolder>,
}

/// What is wrong with the arguments, and what to do.
pub(super) type Wrong = (String, &'static str);

/// Checks what was typed.
pub(super) fn check(typed: Typed) -> Result<Options, Wrong> {
    Ok(match typed.command {
        Command::Build(typed) => {
            let folder = site_folder(&typed.input)?;
            let place =
                typed.region.as_ref().map_or_else(|| PathBuf::from("public"), |name| Path::new("shards").join(name));
            let output = output(typed.output, &typed.report, &folder, &place)?;
            Options::Build(BuildOptions { folder, output, full: typed.full, region: typed.region })
        }
        Command::Assemble(typed) => {
            let folder = site_folder(&InputArguments { root: typed.root, content: None })?;
            let output = output(typed.output, &typed.report, &folder, Path::new("public"))?;
            check_no_shard(&typed.shards, &output.out)?;
            Options::Assemble(AssembleOptions { folder, shards: typed.shards, output })
        }
        Command::Check(typed) => Options::Check(CheckOptions {
            folder: site_folder(&typed.input)?,
            strict: typed.strict.map(severity),
            format: match typed.format {
                CheckFormat::Text => report::CheckFormat::Text,
                CheckFormat::Json => report::CheckFormat::Json,
                CheckFormat::Sarif => report::CheckFormat::Sarif,
                CheckFormat::Markdown => report::CheckFormat::Markdown,
            },
            rules: typed.rule.iter().map(|code| rule(&typed.input.root, code)).collect::<Result<_, _>>()?,
            severity: typed.severity.map_or(FindingSeverity::Info, severity),
        }),
        Command::Explain(typed) => Options::Explain(ExplainOptions {
            code: typed.code.as_deref().map(|code| rule(&typed.input.root, code)).transpose()?,
            root: typed.input.root.clone(),
            ledger_of: if typed.ledger { Some(site_folder(&typed.input)?) } else { None },
        }),
        Command::Init(typed) => Options::Init(typed.folder),
        Command::Inspect(typed) => Options::Inspect(InspectOptions {
            root: typed.root,
            file: typed.file,
            line: typed.line,
            rows: typed.rows,
            json: typed.format == Format::Json,
        }),
        Command::Search(typed) => Options::Search(SearchOptions {
            query: typed.query.join(" "),
            site: typed.out.unwrap_or_else(|| typed.root.join("public")),
            limit: typed.limit.max(1),
            json: typed.json,
        }),
        Command::Serve(typed) => serve(typed)?,
    })
}

/// Where files go: what was typed, or `place` in the site's folder.
fn output(
    typed: OutputArguments,
    told: &ReportArguments,
    folder: &SiteFolder,
    place: &Path,
) -> Result<OutputOptions, Wrong> {
    let out = typed.out.unwrap_or_else(|| folder.root.join(place));
    check_apart(folder, &out)?;
    let format = report::BuildFormat { json: told.format == Format::Json, timings: typed.timings };
    let (jobs, strict) = (typed.jobs.unwrap_or(0), told.strict.map(severity));
    Ok(OutputOptions { out, force: typed.force, jobs, strict, format })
}

fn serve(typed: typed::ServeArguments) -> Result<Options, Wrong> {
    site_folder(&typed.input)?;
    let InputArguments { root, content } = typed.input;
    Ok(Options::Serve(ServeOptions { root, content, host_port: typed.port, open: typed.open }))
}

/// The code of a rule as the catalogue writes it, or a file of the site. What is wrong with such a file is told later.
fn rule(root: &Path, typed: &str) -> Result<String, Wrong> {
    let rules = build::rules(root, crate::language::DEFAULT).unwrap_or_default();
    let known = rules.all().iter().find(|rule| rule.code.eq_ignore_ascii_case(typed.trim()));
    match known {
        Some(rule) => Ok(rule.code.clone()),
        None => Err((format!("没有编号为“{typed}”的规则"), "budgetsite explain 列出全部规则")),
    }
}

fn severity(level: StrictLevel) -> FindingSeverity {
    match level {
        StrictLevel::Error => FindingSeverity::Error,
        StrictLevel::Warning => FindingSeverity::Warning,
        StrictLevel::Info => FindingSeverity::Info,
    }
}

fn site_folder(input: &InputArguments) -> Result<SiteFolder, Wrong> {
    if !input.root.is_dir() {
        let message = format!("站点目录 {} 不存在", input.root.display());
        return Err((message, "用 --root 指明 site.toml 所在的目录，或用 budgetsite init 新建一个站点"));
    }
    Ok(SiteFolder::new(&input.root, input.content.as_deref()))
}

/// Refuses an output folder whose replacement would take the site or its content with it, and one that the next build
/// would read.
fn check_apart(folder: &SiteFolder, out: &Path) -> Result<(), Wrong> {
    let out_place = place(out);
    let inside = |inner: &Path, outer: &Path| inner.starts_with(outer);
    let sources = ["content", "templates", "static", read::WORDS_FOLDER, read::RULES_FOLDER];
    let sources = sources.map(|name| folder.root.join(name));
    let (root, content) = (place(&folder.root), place(&folder.content));
    let takes = inside(&root, &out_place) || inside(&content, &out_place);
    if takes || inside(&out_place, &content) || sources.iter().any(|source| inside(&out_place, &place(source))) {
        let message = format!("不能写到 {}：它与站点或内容的目录重叠", out.display());
        return Err((message, "用 --out 指明另一个目录，如 public"));
    }
    Ok(())
}

/// Refuses an output folder that would take a shard with it.
fn check_no_shard(shards: &[PathBuf], out: &Path) -> Result<(), Wrong> {
    let out_place = place(out);
    let overlaps = |shard: &&PathBuf| place(shard).starts_with(&out_place) || out_place.starts_with(place(shard));
    match shards.iter().find(overlaps) {
        Some(shard) => {
            let message = format!("不能写到 {}：它与片区 {} 重叠", out.display(), shard.display());
            Err((message, "用 --out 指明另一个目录，如 public"))
        }
        None => Ok(()),
    }
}

/// The real path as far as it exists, the rest as typed.
fn place(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = absolute.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    match known {
        Some((above, real)) => real.join(absolute.strip_prefix(above).unwrap_or(Path::new(""))),
        None => absolute,
    }
}

#[cfg(test)]
mod tests {
    use super::{AssembleOptions, BuildOptions, Options, OutputOptions, check};
    use crate::build::SiteFolder;
    use crate::cli::typed::{NoCommand, parse};
    use crate::model::FindingSeverity;
    use crate::report::{BuildFormat, CheckFormat};

    fn options(arguments: &str) -> Result<Options, String> {
        let words = std::iter::once("budgetsite").chain(arguments.split_whitespace()).map(Into::into);
        let typed = parse(words).map_err(|no| match no {
            NoCommand::Text(text) => text,
            NoCommand::Wrong(message, hint) => format!("{message} | {}", hint.unwrap_or_default()),
        })?;
        check(typed).map_err(|(message, _)| message)
    }

    #[test]
    fn defaults_lie_in_the_root() {
        let folder = SiteFolder { root: "src".into(), content: "src/content".into() };
        let format = BuildFormat { json: false, timings: false };
        let output = |out: &str| OutputOptions { out: out.into(), force: false, jobs: 0, strict: None, format };
        let expected = |region: Option<&str>, out: &str| BuildOptions {
            folder: folder.clone(),
            output: output(out),
            full: false,
            region: region.map(Into::into),
        };
        assert_eq!(options("build --root src"), Ok(Options::Build(expected(None, "src/public"))));
        let shard = expected(Some("4103"), "src/shards/4103");
        assert_eq!(options("build --root src --region 4103"), Ok(Options::Build(shard)));
        let shards = vec!["a".into(), "b".into()];
        let assembled = AssembleOptions { folder: folder.clone(), shards, output: output("src/public") };
        assert_eq!(options("assemble --root src a b"), Ok(Options::Assemble(assembled)));
        let Ok(Options::Check(check)) = options("check --content x --strict --format json") else { panic!() };
        assert_eq!(
            (check.folder.content.to_str(), check.strict, check.format, check.severity),
            (Some("x"), Some(FindingSeverity::Warning), CheckFormat::Json, FindingSeverity::Info)
        );
        let Ok(Options::Check(check)) = options("check --strict=error") else { panic!() };
        assert_eq!(check.strict, Some(FindingSeverity::Error));
        let Ok(Options::Check(check)) = options("check --rule w-b1.1,X-4 --rule N-Y --severity error") else {
            panic!()
        };
        assert_eq!((check.rules.join(" ").as_str(), check.severity), ("W-B1.1 X-4 N-Y", FindingSeverity::Error));
        let Ok(Options::Explain(explain)) = options("explain n-y") else { panic!() };
        assert_eq!((explain.code.as_deref(), explain.ledger_of), (Some("N-Y"), None));
    }

    #[test]
    fn an_output_folder_that_overlaps_is_refused() {
        for bad in [".", "..", "/", "src", "./content", "templates/x", "static", "src/../src/read"] {
            let said = options(&format!("build --content src --out {bad}")).unwrap_err();
            assert!(said.contains("重叠"), "{bad}: {said}");
        }
        assert!(options("assemble a b --out a/c").unwrap_err().contains("重叠"));
        assert!(options("build --content src --out ../public").is_ok());
        assert!(options("build --out content-public").is_ok());
    }

    #[test]
    fn wrong_arguments_are_explained() {
        for (arguments, said) in [
            (
                "",
                "没有写命令 | 可用的命令：build、assemble、check、explain、inspect、init、search、serve；budgetsite --help 显示帮助",
            ),
            (
                "biuld",
                "未知的命令 biuld | 是否要写 build？可用的命令：build、assemble、check、explain、inspect、init、search、serve；budgetsite --help 显示帮助",
            ),
            ("build --rot x", "未知的参数 --rot | 是否要写 --root？"),
            ("check --format xml", "--format 的值“xml”不可用 | 可用的值：text, json, sarif, markdown"),
            ("check --rule W-X", "没有编号为“W-X”的规则"),
            ("check --strict=all", "--strict 的值“all”不可用 | 可用的值：error, warning, info"),
            ("serve --port 99999", "--port 的值“99999”不可用 | "),
            ("build --jobs", "--jobs 缺少值，或写法不对 | "),
            ("init", "缺少 <DIR> | "),
            ("build --out a --out b", "--out 写了不止一次 | "),
            ("build --root missing", "站点目录 missing 不存在"),
        ] {
            assert_eq!(options(arguments).unwrap_err(), said);
        }
    }
}
