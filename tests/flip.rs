//! What it would take: tipping points, smallest sets, the command.

mod command;
mod edit;
mod laws;
mod second;
mod sets;
