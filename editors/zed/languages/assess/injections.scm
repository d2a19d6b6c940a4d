; Texts are CommonMark, placeholders aside.
((text) @injection.content
 (#set! injection.language "markdown_inline")
 (#set! injection.include-children))
((comment) @injection.content
 (#set! injection.language "comment"))
