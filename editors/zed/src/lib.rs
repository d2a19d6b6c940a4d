//! Starts `assess lsp` for Zed: the program that the settings name, or the one in `PATH`.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Assess;

impl zed::Extension for Assess {
    fn new() -> Self {
        Assess
    }

    fn language_server_command(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?;
        let binary = settings.binary;
        let stated = binary.as_ref().and_then(|b| b.path.clone());
        let command = stated
            .or_else(|| worktree.which("assess"))
            .ok_or("`assess` is not in PATH: `cargo install --path . --features lsp` in its project")?;
        let args = binary.and_then(|b| b.arguments);
        Ok(Command {
            command,
            args: args.unwrap_or_else(|| vec!["lsp".to_owned()]),
            env: worktree.shell_env(),
        })
    }

    fn language_server_initialization_options(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?;
        Ok(settings.initialization_options)
    }
}

zed::register_extension!(Assess);
