//! The codes of findings: stable names, their severity, and what `check --explain` says.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $kind:ident;)+) => {
        /// The code of a diagnostic; its name is stable from release to release.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The stable name, such as `unknown-criterion`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// The text of `check --explain`: the meaning and how to repair it.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc, "\n",)+),)+ }
            }

            fn kind(self) -> Kind {
                match self { $(Code::$variant => Kind::$kind,)+ }
            }
        }
    };
}

/// The nature of a code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An error always.
    Error,
    /// An error that `[check]` may lower.
    Deny,
    /// A warning that `[check]` may raise or silence.
    Warn,
}

impl Code {
    /// Its severity before a book's levels.
    pub fn severity(self) -> Severity {
        match self.kind() {
            Kind::Error | Kind::Deny => Severity::Error,
            Kind::Warn => Severity::Warning,
        }
    }

    /// Whether `[check]` in `book.toml` may set its level.
    pub fn is_adjustable(self) -> bool {
        self.kind() != Kind::Error
    }

    /// The code of a name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}

codes! {
    /// A TOML file or front matter breaks the grammar of TOML.
    Syntax "syntax" Error;
    /// A key is not one of this kind of file. Keys are checked everywhere, so that a typo
    /// never goes unnoticed. Correct the spelling, or remove the key.
    UnknownKey "unknown-key" Error;
    /// A key stands twice in one table. Keep one of the two.
    DuplicateKey "duplicate-key" Error;
    /// A required key is absent. Add it to the table that is pointed at.
    MissingKey "missing-key" Error;
    /// A value has another type than its key asks for, such as text for a number.
    WrongType "wrong-type" Error;
    /// A value is of the right type but outside what is allowed: a rating outside 1 to 5 in
    /// halves, a weight outside 0 to 10, a date that does not exist.
    OutOfRange "out-of-range" Error;
    /// A text has a character that neither HTML nor XML can hold, such as U+0000 or U+001B,
    /// mostly by an escape such as `\u0000`. Remove it.
    BadCharacter "bad-character" Error;
    /// A slug or id breaks the grammar `[a-z0-9]+(-[a-z0-9]+)*`, or contains `-vs-`, which
    /// is reserved for the pages of two frameworks.
    BadSlug "bad-slug" Error;
    /// A criterion is named that `content/criteria.toml` does not declare.
    UnknownCriterion "unknown-criterion" Error;
    /// A group is named that `content/criteria.toml` does not declare.
    UnknownGroup "unknown-group" Error;
    /// A framework is named that has no file in `content/frameworks`.
    UnknownFramework "unknown-framework" Error;
    /// A language is named that `content/languages.toml` does not declare.
    UnknownLanguage "unknown-language" Error;
    /// A source is named that `content/sources.toml` does not declare.
    UnknownSource "unknown-source" Error;
    /// A goal is named that has no file in `content/goals`.
    UnknownGoal "unknown-goal" Error;
    /// A versus is named that the site has no page for.
    UnknownVersus "unknown-versus" Error;
    /// A guide is named that has no file in `content/guides`.
    UnknownGuide "unknown-guide" Error;
    /// A page is named that has no file in `content/pages`.
    UnknownPage "unknown-page" Error;
    /// An option is named that the choice criterion does not declare.
    UnknownOption "unknown-option" Error;
    /// A tag is named that the tags criterion does not declare.
    UnknownTag "unknown-tag" Error;
    /// A theme is named that is neither built in nor a folder in `themes`.
    UnknownTheme "unknown-theme" Error;
    /// A finding is named in `[check]` that fieldguide does not know, or that is an error
    /// by nature and cannot be changed.
    UnknownFinding "unknown-finding" Error;
    /// Two things have one id or slug. Rename one of them.
    DuplicateId "duplicate-id" Error;
    /// Two pages, redirects or assets claim one address, perhaps only in other letter case,
    /// which some disks and hosts do not tell apart. Rename one of them.
    DuplicateRoute "duplicate-route" Error;
    /// A file stands in `content` where fieldguide expects none, and would be ignored.
    UnexpectedFile "unexpected-file" Deny;
    /// A file name cannot be part of an address on every host: use letters, digits, `-`,
    /// `_` and `.`, not at the start.
    BadFileName "bad-file-name" Error;
    /// A file is not UTF-8. Save it as UTF-8.
    NotUtf8 "not-utf8" Error;
    /// A file is larger, or nested deeper, than fieldguide reads.
    TooLarge "too-large" Error;
    /// A link in the book's folder leads out of it. Copy the file into the book instead.
    OutsideBook "outside-book" Error;
    /// A file in the book is neither a file nor a folder, such as a pipe or a device.
    SpecialFile "special-file" Error;
    /// A file or folder cannot be read or written; the cause is the system's own.
    Io "io" Error;
    /// There is no `book.toml` in this folder or any above it.
    NoBook "no-book" Error;
    /// A link leads to a page, file or fact of this site that does not exist.
    DeadLink "dead-link" Error;
    /// A link names a part of a page (`#part`) that the page does not have.
    DeadFragment "dead-fragment" Error;
    /// An address is not http, https, mailto, relative or a fragment, or cannot be read.
    /// `javascript:`, `data:` and the like never reach a page, however they are spelt.
    BadUrl "bad-url" Error;
    /// Front matter is not closed by a line of `+++`.
    UnclosedFrontMatter "unclosed-front-matter" Error;
    /// A rating has no rubric of five sentences, one for each whole rating from 1 to 5.
    /// Without it two people would rate differently.
    MissingRubric "missing-rubric" Error;
    /// A number has no unit. A reader cannot compare figures without one.
    MissingUnit "missing-unit" Error;
    /// A scored criterion has no utility points, or an option no utility, so that its
    /// values cannot be turned into points from 0 to 100.
    MissingUtility "missing-utility" Error;
    /// Utility points are not a list of `[x, u]` with x rising and u from 0 to 100.
    BadUtility "bad-utility" Error;
    /// A goal has no weight over zero, so that it cannot rank anything.
    NoWeights "no-weights" Error;
    /// A goal weighs a criterion that is not scored, or asks a requirement of it that its
    /// kind cannot answer.
    NotScored "not-scored" Error;
    /// A fact's value does not fit its criterion, such as `true` for a number.
    BadValue "bad-value" Error;
    /// A partial answer has no note that says what is missing.
    MissingNote "missing-note" Error;
    /// A key is given that has no meaning for this kind of criterion.
    KeyNotForKind "key-not-for-kind" Error;
    /// A fenced block in prose names an embed, and its body does not fit it.
    BadEmbed "bad-embed" Error;
    /// The book is written for other versions of fieldguide (`requires` in `book.toml`).
    WrongVersion "wrong-version" Error;
    /// A template cannot be read or rendered. The message is the template engine's own;
    /// the page that was rendered is named.
    Template "template" Error;
    /// A theme's files do not make a theme: `theme.toml` or a template is missing.
    BadTheme "bad-theme" Error;
    /// The HTML of a page breaks a rule that readers and browsers rely on: an id stands
    /// twice, a heading skips a level, an attribute holds style or script, something is
    /// fetched from another site. The cause is a template of the theme, or a heading id.
    BadHtml "bad-html" Error;
    /// A colour of the theme is too faint against its background to be read (WCAG AA).
    LowContrast "low-contrast" Error;
    /// The folder to write to is not one that fieldguide may write to: it holds files that
    /// fieldguide did not write, or it is the book itself. Nothing was touched.
    OutputRefused "output-refused" Error;
    /// Another build is writing to the same folder.
    OutputLocked "output-locked" Error;
    /// The output folder cannot be exchanged in one step, being a mount point or of a lower
    /// layer, and its files were replaced one by one.
    OutputNotAtomic "output-not-atomic" Warn;
    /// Another program listens at the address that `serve` was told to use. Stop it, or
    /// choose another `--port`.
    PortTaken "port-taken" Error;
    /// The preview can be reached from other machines, which is what `--host` asked for.
    /// Nobody is asked for a name or a password.
    Exposed "exposed" Warn;
    /// The system gives no events of changed files, or ran out of them, so that `serve`
    /// looks for changes twice a second. On Linux `fs.inotify.max_user_watches` is the limit.
    NoEvents "no-events" Warn;
    /// A file that `init` would write exists. Nothing was written; choose an empty folder.
    FileExists "file-exists" Error;
    /// Git cannot be run, or cannot do its part: its own words are among the notes.
    Git "git" Error;
    /// Publishing is refused, because of the book, the checkout or the remote. The branch is as
    /// it was.
    PublishRefused "publish-refused" Error;
    /// Somebody else moved the branch first, each time it was tried. The branch holds what they
    /// published; publish again.
    PublishLost "publish-lost" Error;
    /// Ctrl-C or the system ended the command before it was done.
    Ended "ended" Error;
    /// An option or argument of the command does not fit.
    Usage "usage" Error;
    /// An image is not one, or cannot be shown: it is empty, of another format than its name
    /// says, a pointer that Git LFS left, or larger on a side than 16,384 pixels or than
    /// `longest_side` in `[assets]` allows.
    BadImage "bad-image" Deny;
    /// A file that is published as it is holds script, which would run in the site's name for
    /// everyone who opens it. Remove the script, or name the file in `trusted` in `[assets]`.
    ScriptInAsset "script-in-asset" Error;
    /// The book does not say at which address the site is served, or names one of this machine.
    /// Pages then have no canonical address and no picture for social networks, and there is
    /// no sitemap, no feed and no `llms.txt`: all of them need absolute addresses. Set
    /// `base_url` in `book.toml`, or give `--base-url`.
    NoAddress "no-address" Warn;
    /// The book is in a language in which no theme has strings, so that what pages say by
    /// themselves is English. Write a file of strings in a theme of the book's own.
    NoStrings "no-strings" Warn;
    /// A fact names no source, so that nobody can check it. Name one in the fact, or for
    /// the whole file.
    UnsourcedFact "unsourced-fact" Warn;
    /// A fact has no date on which it was checked. Give the fact, its source or the file
    /// `checked`.
    UndatedFact "undated-fact" Warn;
    /// A date is after tomorrow where only past days make sense: a fact was checked, a guide
    /// updated or something changed. Correct the day; a fact with such a date would never be
    /// called stale. A guide may be `published` on a later day: it is made from then on.
    FutureDate "future-date" Deny;
    /// A fact was checked longer ago than its criterion's `max_age`. Check it again and set
    /// `checked` to the day you did.
    StaleFact "stale-fact" Warn;
    /// A goal ranks fewer than two frameworks, so that it compares nothing.
    ThinGoal "thin-goal" Warn;
    /// An image has no text for readers who cannot see it.
    MissingAlt "missing-alt" Warn;
    /// Raw HTML in prose is shown as text. Only `kbd sub sup abbr mark br details summary`
    /// without attributes pass.
    RawHtml "raw-html" Warn;
    /// A comment, a fenced code block or a block of raw HTML is never closed, so that all that
    /// follows is part of it and is not shown as text.
    UnclosedBlock "unclosed-block" Warn;
    /// A link by reference or a mention of a footnote has no definition, and is shown as it is
    /// typed.
    UndefinedReference "undefined-reference" Warn;
    /// A footnote or the address of a link by reference is defined and not used, or defined a
    /// second time; it is not shown.
    UnusedDefinition "unused-definition" Warn;
    /// A table is shown as text, as the row under its head is missing or has another number of
    /// cells; or a row has more cells than the head, which are not shown.
    BrokenTable "broken-table" Warn;
    /// A quote starts like an alert of a kind that there is not, or with a title. The kinds are
    /// `NOTE`, `TIP`, `IMPORTANT`, `WARNING` and `CAUTION`.
    UnknownAlert "unknown-alert" Warn;
    /// Text looks like a link and is none: there is a space before the address or in it, or
    /// the bracket at its end is missing.
    NotALink "not-a-link" Warn;
    /// Text is written in a notation of another program, such as shortcodes of Hugo,
    /// admonitions of `MkDocs` or formulas of TeX, and is shown as it is typed. Text that is
    /// meant to be shown so goes between backticks.
    ForeignNotation "foreign-notation" Warn;
    /// A code block names a language that fieldguide cannot highlight; it is shown plain.
    UnknownCodeLanguage "unknown-code-language" Warn;
    /// A verdict has fewer than 60 words; its page is not offered to search engines.
    ThinVersus "thin-versus" Warn;
    /// An accepted finding's `until` date has passed, or nothing is left to accept.
    StaleWaiver "stale-waiver" Warn;
    /// Two pages have the same title or description, which readers cannot tell apart.
    DuplicateTitle "duplicate-title" Warn;
    /// A matrix in prose or the table of all facts has more than 20,000 cells, which makes
    /// readers wait. Split the matrix by group, the book by kind of framework.
    TableTooLarge "table-too-large" Warn;
    /// A source is declared that no fact, pick or link names. Name it, or remove it.
    Unused "unused" Warn;
    /// Headings of a text skip a level.
    HeadingOrder "heading-order" Warn;
}
