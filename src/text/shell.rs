//! Names as a shell takes them, for commands that are to be copied.

/// A file's name as one word of a command that is to be copied.
pub(crate) fn word(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    let name = match name.starts_with('-') {
        true => format!("./{name}"),
        false => name.to_owned(),
    };
    match name.chars().all(plain) && !name.is_empty() {
        true => name,
        false => format!("'{}'", name.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_name_stays_one_word() {
        for (name, written) in [
            ("a/b.assess", "a/b.assess"),
            ("will it pass?.assess", "'will it pass?.assess'"),
            ("it's.assess", r"'it'\''s.assess'"),
            ("-x.assess", "./-x.assess"),
            ("$HOME.assess", "'$HOME.assess'"),
            ("", "''"),
        ] {
            assert_eq!(word(name), written);
        }
    }
}
