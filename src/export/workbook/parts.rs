//! The parts of a workbook that say which sheets there are and how their cells look (ECMA-376).

use super::styles::{self, Style};
use super::xml::push_escaped;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// `[Content_Types].xml`: what each part is.
pub(super) fn content_types(sheets: usize) -> String {
    let mut xml = format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPE}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPE}.styles+xml\"/>\
         <Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{TYPE}.sharedStrings+xml\"/>"
    );
    for number in 1..=sheets {
        xml.push_str(&format!(
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{TYPE}.worksheet+xml\"/>"
        ));
    }
    xml.push_str("</Types>");
    xml
}

/// `_rels/.rels`: where the workbook is, and what describes it.
pub(super) fn package() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{DOCUMENT}/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/></Relationships>"
    )
}

/// `docProps/core.xml`: the title, and the date of making that programs ask for. The day of the build would make every
/// build another file.
pub(super) fn properties(title: &str) -> String {
    let mut xml = format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>"
    );
    push_escaped(&mut xml, title);
    xml.push_str(
        "</dc:title><dcterms:created xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:created>\
         </cp:coreProperties>",
    );
    xml
}

/// `xl/workbook.xml`: the tabs in order.
pub(super) fn workbook(tabs: &[String]) -> String {
    let mut xml = format!("{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOCUMENT}/relationships\"><sheets>");
    for (number, tab) in (1..).zip(tabs) {
        xml.push_str("<sheet name=\"");
        push_escaped(&mut xml, tab);
        xml.push_str(&format!("\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"));
    }
    xml.push_str("</sheets></workbook>");
    xml
}

/// `xl/_rels/workbook.xml.rels`: where the parts of the workbook are.
pub(super) fn relationships(sheets: usize) -> String {
    let mut xml = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    let of_sheets = (1..=sheets).map(|number| ("worksheet", format!("worksheets/sheet{number}.xml")));
    let shared = [("styles", "styles.xml".to_owned()), ("sharedStrings", "sharedStrings.xml".to_owned())];
    for (number, (kind, target)) in (1..).zip(of_sheets.chain(shared)) {
        xml.push_str(&format!(
            "<Relationship Id=\"rId{number}\" Type=\"{DOCUMENT}/relationships/{kind}\" Target=\"{target}\"/>"
        ));
    }
    xml.push_str("</Relationships>");
    xml
}

/// `xl/styles.xml`: how cells look, in the order of [`Style::index`].
pub(super) fn styles() -> String {
    let mut xml = format!("{DECLARATION}<styleSheet xmlns=\"{MAIN}\">");
    let numbers = (0..=styles::MOST_PLACES).map(|places| {
        let code = if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) };
        format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", number_format(places))
    });
    xml.push_str(&listed("numFmts", numbers));
    let font = "<sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/>";
    xml.push_str(&listed("fonts", [format!("<font>{font}</font>"), format!("<font><b/>{font}</font>")]));
    let fill = |pattern: &str| format!("<fill><patternFill patternType=\"{pattern}\"/></fill>");
    xml.push_str(&listed("fills", ["none", "gray125"].map(fill)));
    xml.push_str(&listed("borders", ["<border><left/><right/><top/><bottom/><diagonal/></border>"]));
    xml.push_str(&listed("cellStyleXfs", ["<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"]));
    let format = |style: Style| {
        let (number, font, more) = match style {
            Style::Plain => (0, 0, "/>"),
            Style::Caption => (0, 1, " applyFont=\"1\"/>"),
            Style::Head => {
                let alignment =
                    " applyFont=\"1\" applyAlignment=\"1\"><alignment vertical=\"center\" wrapText=\"1\"/></xf>";
                (0, 1, alignment)
            }
            Style::Number { places } => (number_format(places), 0, " applyNumberFormat=\"1\"/>"),
        };
        format!("<xf numFmtId=\"{number}\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\"{more}")
    };
    xml.push_str(&listed("cellXfs", Style::all().map(format)));
    xml.push_str(&listed("cellStyles", ["<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"]));
    xml.push_str("</styleSheet>");
    xml
}

/// `xl/sharedStrings.xml`: every text once; cells name it by its place.
pub(super) fn shared_strings(texts: &[&str], uses: usize) -> String {
    let bytes: usize = texts.iter().map(|text| text.len() + 20).sum();
    let mut xml = String::with_capacity(bytes + 200);
    xml.push_str(&format!("{DECLARATION}<sst xmlns=\"{MAIN}\" count=\"{uses}\" uniqueCount=\"{}\">", texts.len()));
    for text in texts {
        // Blanks at the ends are dropped where nobody asks for them.
        let is_trim = text.trim_matches([' ', '\t', '\n', '\r']).len() == text.len();
        xml.push_str(if is_trim { "<si><t>" } else { "<si><t xml:space=\"preserve\">" });
        push_escaped(&mut xml, text);
        xml.push_str("</t></si>");
    }
    xml.push_str("</sst>");
    xml
}

/// The beginning of a sheet.
pub(super) fn sheet_start() -> String {
    format!("{DECLARATION}<worksheet xmlns=\"{MAIN}\">")
}

/// The first number of a format that the format itself does not have is 164.
fn number_format(places: usize) -> usize {
    164 + places
}

/// A list that tells how many entries it has.
fn listed<T: AsRef<str>>(name: &str, entries: impl IntoIterator<Item = T>) -> String {
    let entries: Vec<T> = entries.into_iter().collect();
    let text: String = entries.iter().map(AsRef::as_ref).collect();
    format!("<{name} count=\"{}\">{text}</{name}>", entries.len())
}
