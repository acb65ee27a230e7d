//! What was typed: the commands and their arguments as clap reads them, nothing checked yet.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};

const HELP: &str = "{about}\n\n用法：{usage}\n\n{all-args}";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "budgetsite", version, about = "把部门预决算公开文件变成可阅读、检索、比较、核对的静态网站")]
#[command(override_usage = "budgetsite <命令> [选项]", help_template = HELP, subcommand_help_heading = "命令", next_help_heading = "选项")]
#[command(disable_help_subcommand = true, disable_help_flag = true, disable_version_flag = true)]
pub(super) struct Typed {
    #[command(subcommand)]
    pub(super) command: Command,
    #[arg(short, long, global = true, action = clap::ArgAction::Help, display_order = 99, help = "显示帮助")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help = "显示版本")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
#[command(next_help_heading = "选项")]
pub(super) enum Command {
    #[command(about = "读取内容，核对，生成网站", help_template = HELP, override_usage = "budgetsite build [选项]")]
    Build(BuildArguments),
    #[command(about = "把按地区生成的各个片区合并成网站", help_template = HELP, override_usage = "budgetsite assemble <SHARD>... [选项]")]
    Assemble(AssembleArguments),
    #[command(about = "只核对，不生成网站：列出每个问题的文件、行与列", help_template = HELP, override_usage = "budgetsite check [选项]")]
    Check(CheckArguments),
    #[command(about = "说明一条核对规则：内容、依据、公式，以及各份公开文件的核对经过", help_template = HELP, override_usage = "budgetsite explain [CODE] [选项]")]
    Explain(ExplainArguments),
    #[command(about = "逐表显示一个文件被读成了什么：各列的含义、修复与未能归位的单元格", help_template = HELP, override_usage = "budgetsite inspect <FILE> [选项]")]
    Inspect(InspectArguments),
    #[command(about = "新建一个站点，带一份虚构的公开文件", help_template = HELP, override_usage = "budgetsite init <DIR>")]
    Init(InitArguments),
    #[command(about = "检索已生成的网站", help_template = HELP, override_usage = "budgetsite search <QUERY> [选项]")]
    Search(SearchArguments),
    #[command(about = "在本机预览，内容变动后自动刷新", help_template = HELP, override_usage = "budgetsite serve [选项]")]
    Serve(ServeArguments),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct InputArguments {
    #[arg(
        long,
        value_name = "DIR",
        default_value = ".",
        hide_default_value = true,
        help = "站点目录，site.toml 所在之处 [默认: .]"
    )]
    pub(super) root: PathBuf,
    #[arg(long, value_name = "DIR", help = "内容目录 [默认: 站点目录下的 content]")]
    pub(super) content: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ReportArguments {
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, require_equals = true, default_missing_value = "warning")]
    #[arg(hide_possible_values = true)]
    #[arg(help = "有此级别或更重的发现即失败：error、warning（不写级别时）、info")]
    pub(super) strict: Option<StrictLevel>,
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    #[arg(hide_default_value = true, help = "输出格式：text（默认）或 json")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct BuildArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    #[command(flatten)]
    pub(super) output: OutputArguments,
    #[arg(long, help = "内容没有变动也重新生成")]
    pub(super) full: bool,
    #[arg(
        long,
        value_name = "CODE",
        help = "只生成一个地区的片区，供 assemble 合并：行政区划代码、网址里的地区名，或 none"
    )]
    pub(super) region: Option<String>,
    #[command(flatten)]
    pub(super) report: ReportArguments,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct OutputArguments {
    #[arg(long, value_name = "DIR", help = "写到哪里 [默认: 站点目录下的 public；片区写到 shards 下]")]
    pub(super) out: Option<PathBuf>,
    #[arg(long, help = "写到哪里的目录若不是本程序发布的站点，清空并替换它")]
    pub(super) force: bool,
    #[arg(long, value_name = "N", help = "线程数 [默认: 处理器数目]")]
    pub(super) jobs: Option<usize>,
    #[arg(long, help = "列出每个阶段的用时与速度")]
    pub(super) timings: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct AssembleArguments {
    #[arg(value_name = "SHARD", required = true, num_args = 1.., help = "片区：budgetsite build --region 的输出目录")]
    pub(super) shards: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "DIR",
        default_value = ".",
        hide_default_value = true,
        help = "站点目录，site.toml 所在之处 [默认: .]"
    )]
    pub(super) root: PathBuf,
    #[command(flatten)]
    pub(super) output: OutputArguments,
    #[command(flatten)]
    pub(super) report: ReportArguments,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, require_equals = true, default_missing_value = "warning")]
    #[arg(hide_possible_values = true)]
    #[arg(help = "有此级别或更重的发现即失败：error、warning（不写级别时）、info")]
    pub(super) strict: Option<StrictLevel>,
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    #[arg(hide_default_value = true, help = "输出格式：text（默认）、json、sarif 或 markdown")]
    pub(super) format: CheckFormat,
    #[arg(long, value_name = "CODE", value_delimiter = ',', help = "只看这些规则的发现，如 W-B1.1,X-4；可写多次")]
    pub(super) rule: Vec<String>,
    #[arg(long, value_name = "LEVEL", hide_possible_values = true)]
    #[arg(help = "只看此级别或更重的发现：error、warning、info")]
    pub(super) severity: Option<StrictLevel>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ExplainArguments {
    #[arg(value_name = "CODE", help = "规则的编号，如 W-B1.1；不写则列出全部规则")]
    pub(super) code: Option<String>,
    #[arg(long, help = "列出内容目录中每份公开文件对这条规则的核对经过")]
    pub(super) ledger: bool,
    #[command(flatten)]
    pub(super) input: InputArguments,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct InspectArguments {
    #[arg(value_name = "FILE", help = "公开文件：.md、.txt、.html")]
    pub(super) file: PathBuf,
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    #[arg(help = "站点目录；用上它 vocabulary 下的词表 [默认: .]")]
    pub(super) root: PathBuf,
    #[arg(long, value_name = "N", help = "只看从第 N 行所在的那张表")]
    pub(super) line: Option<u32>,
    #[arg(long, help = "连同每一行一起显示")]
    pub(super) rows: bool,
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    #[arg(hide_default_value = true, help = "输出格式：text（默认）或 json")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct InitArguments {
    #[arg(value_name = "DIR", help = "新站点的目录，须不存在或为空")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct SearchArguments {
    #[arg(value_name = "QUERY", required = true, num_args = 1.., help = "要找的字词；几个词须同时出现，\"…\" 内为一个词")]
    pub(super) query: Vec<String>,
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    #[arg(help = "站点目录，site.toml 所在之处 [默认: .]")]
    pub(super) root: PathBuf,
    #[arg(long, value_name = "DIR", help = "已生成的网站 [默认: 站点目录下的 public]")]
    pub(super) out: Option<PathBuf>,
    #[arg(long, value_name = "N", default_value_t = 10, hide_default_value = true, help = "最多列出几条 [默认: 10]")]
    pub(super) limit: usize,
    #[arg(long, help = "输出 JSON")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct ServeArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    #[arg(long, value_name = "PORT", default_value_t = 8000, hide_default_value = true)]
    #[arg(help = "127.0.0.1 上的端口 [默认: 8000]")]
    pub(super) port: u16,
    #[arg(long, help = "在浏览器中打开")]
    pub(super) open: bool,
}

/// From which severity on findings make a command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StrictLevel {
    Error,
    Warning,
    Info,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// How a check is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    Text,
    Json,
    Sarif,
    Markdown,
}

/// Why there is no command to run.
#[derive(Debug)]
pub(super) enum NoCommand {
    /// Help or version was asked for.
    Text(String),
    /// The arguments are wrong; what and how they should be.
    Wrong(String, Option<String>),
}

/// Reads the command line.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Typed, NoCommand> {
    Typed::try_parse_from(arguments).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => NoCommand::Text(error.render().ansi().to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            NoCommand::Wrong("没有写命令".to_owned(), Some(COMMANDS.to_owned()))
        }
        _ => explain(&error),
    })
}

const COMMANDS: &str =
    "可用的命令：build、assemble、check、explain、inspect、init、search、serve；budgetsite --help 显示帮助";

/// A mistake in the arguments in the language of the interface.
fn explain(error: &clap::Error) -> NoCommand {
    let context = |kind| error.get(kind).map(ToString::to_string);
    let argument = context(ContextKind::InvalidArg).unwrap_or_default();
    let argument = argument.split([' ', '[']).next().unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("未知的参数 {argument}"),
        ErrorKind::InvalidSubcommand => {
            format!("未知的命令 {}", context(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => format!("{argument} 写了不止一次"),
        _ if value.is_empty() => format!("{argument} 缺少值，或写法不对"),
        _ => format!("{argument} 的值“{value}”不可用"),
    };
    let guess = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let guess = guess.into_iter().find_map(context).map(|word| format!("是否要写 {word}？"));
    let valid =
        context(ContextKind::ValidValue).filter(|words| !words.is_empty()).map(|words| format!("可用的值：{words}"));
    let commands = (error.kind() == ErrorKind::InvalidSubcommand).then(|| COMMANDS.to_owned());
    let hint: String = guess.into_iter().chain(valid).chain(commands).collect();
    NoCommand::Wrong(message, Some(hint).filter(|hint| !hint.is_empty()))
}
