//! The terminal back end as a person meets it: in a pseudo-terminal, read by an emulator.

mod driver;
mod harness;
mod text;

/// Not a test of its own: the others start this program again as a child that runs only this.
#[test]
fn driver_child() {
    driver::run();
}
