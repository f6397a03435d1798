"""Everything people read: pages, mail, translations. Installed as the package `review_templates`.

Layout
    `layout/page.html`   every page behind the sign-in; blocks: title, crumbs, content, scripts, head,
                         and the one-word blocks `main_class` ("page-wide" drops the reading width,
                         "page-desk" also hides the side navigation for two-pane work)
    `layout/plain.html`  sign-in and errors: one card on an empty page; blocks title, content

Parts (import them without context: `{% import "parts/forms.html" as forms %}`)
    forms.html       post, field, checks, radio_cards, file_field, fieldset, submit_row, post_button, error_summary
    tables.html      table (dense; cards on a phone through `data-label`), paging
    badges.html      badge, state, grade, clock, secrecy
    empty.html       empty (what is not there, and what to do next)
    crumbs.html      crumbs
    definition.html  facts, fact
    steps.html       track (where a review stands)
    missing.html     missing (what the next step still lacks, with links)
    charts.html      bars, dots (server-made SVG, numbers repeated as text)

Rules
    One `h1` a page. No inline style, script or on…= (the content security policy refuses them).
    Sentences go through `_()` with Chinese as msgid; English stands in `translations/en/<subject>.po`.
    Every page works without JavaScript: menus are `<details>`, confirmations a `<dialog>` opened by
    `static/js/yian.js` from the attribute `data-confirm`.
"""
