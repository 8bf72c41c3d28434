//! A screen with the looks of its cells.

/// The sixteen colours of a terminal; bright ones have the names in capitals.
const COLOURS: [&str; 16] = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "BLACK", "RED", "GREEN",
    "YELLOW", "BLUE", "MAGENTA", "CYAN", "WHITE",
];

/// The rows of a screen with what stands out in them: `[bold|words]`, `[italic|words]`, and colours
/// by their names.
pub(crate) fn rows(screen: &vt100::Screen) -> Vec<String> {
    let (height, width) = screen.size();
    let row = |row| {
        let (mut line, mut open) = (String::new(), String::new());
        for cell in (0..width.get()).filter_map(|column| screen.cell(row, column)) {
            if cell.is_wide_continuation() {
                continue;
            }
            let style = if cell.has_contents() {
                style(cell)
            } else {
                String::new()
            };
            if style != open {
                line.push_str(if open.is_empty() { "" } else { "]" });
                if !style.is_empty() {
                    line.push_str(&format!("[{style}|"));
                }
                open = style;
            }
            line.push_str(if cell.has_contents() {
                cell.contents()
            } else {
                " "
            });
        }
        line.push_str(if open.is_empty() { "" } else { "]" });
        line.trim_end().to_string()
    };
    (0..height.get()).map(row).collect()
}

fn style(cell: &vt100::Cell) -> String {
    let mut words = Vec::new();
    words.extend(cell.bold().then(|| String::from("bold")));
    words.extend(cell.dim().then(|| String::from("dim")));
    words.extend(cell.italic().then(|| String::from("italic")));
    words.extend(colour(cell.fgcolor()));
    words.extend(colour(cell.bgcolor()).map(|colour| format!("on {colour}")));
    words.join(" ")
}

fn colour(colour: vt100::Color) -> Option<String> {
    match colour {
        vt100::Color::Default => None,
        vt100::Color::Idx(index) => Some(
            COLOURS
                .get(usize::from(index))
                .map_or_else(|| format!("colour {index}"), |name| String::from(*name)),
        ),
        vt100::Color::Rgb(..) => Some(String::from("rgb")),
    }
}
