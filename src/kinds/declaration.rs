//! `content/criteria.toml`: groups and criteria.

use toml::de::DeValue;

use super::kind::KindName;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::schema::Type;
use crate::schema::keys::{schema, string_enum};
use crate::schema::reader::{
    BoundedInt, FromToml, Name, Number, Reader, Slug, Spanned, Text, Toml,
};

schema! {
    /// Groups and criteria, in the order of the pages.
    Criteria at "content/criteria.toml" {
        /// Groups of criteria.
        group: Vec<Group>,
        /// Criteria.
        criterion: Vec<Criterion>,
    }
}

schema! {
    /// A group of criteria.
    Group at "[[group]]" {
        /// Its id.
        id: Slug,
        /// Its heading.
        title: Text,
        /// One sentence about the group.
        summary: Option<Text>,
    }
}

string_enum! {
    /// Which answer is the better one.
    Better {
        /// Yes is.
        Yes = "yes",
        /// No is.
        No = "no",
    } else Yes
}

schema! {
    /// One thing frameworks are compared by.
    Criterion at "[[criterion]]" {
        /// Its id.
        id: Slug,
        /// The group it stands in.
        group: Name,
        /// Its name.
        title: Text,
        /// What its facts answer.
        question: Text,
        /// What its facts are.
        kind: KindName,
        /// Why it matters, in a sentence or two.
        why: Option<Text>,
        /// For a rating: five sentences, what earns 1, 2, 3, 4 and 5.
        rubric: Vec<Text>,
        /// For a boolean: which answer is the better one.
        better: Option<Spanned<Better>>,
        /// For a choice: what can be chosen.
        options: Vec<ChoiceOption>,
        /// For tags: what can be had.
        tags: Vec<Tag>,
        /// For a number: its unit.
        unit: Option<Text>,
        /// For a number, or the count of tags: points `[value, utility 0 to 100]`.
        utility: Option<Points>,
        /// Whether it is shown at the top of a profile.
        glance: Option<Spanned<bool>>,
        /// After how many days a fact is stale.
        max_age: BoundedInt<1, 36500> = |span| BoundedInt(Spanned { value: 365, span }),
    }
}

schema! {
    /// What can be chosen.
    ChoiceOption at "options = [{ … }]" {
        /// Its id.
        id: Slug,
        /// Its name.
        title: Text,
        /// What it earns.
        utility: BoundedInt<0, 100>,
    }
}

schema! {
    /// What can be had.
    Tag at "tags = [{ … }]" {
        /// Its id.
        id: Slug,
        /// Its name.
        title: Text,
    }
}

impl FromToml for Spanned<Better> {
    const TYPE: Type = Better::TYPE;

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let span = reader.span(value.span());
        Better::read(value, reader).map(|value| Spanned { value, span })
    }

    fn placeholder(span: Span) -> Self {
        Spanned { value: Better::Yes, span }
    }
}

/// Points of a utility curve: `[[value, utility], …]`.
#[derive(Debug, Clone)]
pub struct Points {
    /// Value and utility of each point, in the order written.
    pub points: Vec<(Number, BoundedInt<0, 100>)>,
    /// The whole list.
    pub span: Span,
}

impl FromToml for Points {
    const TYPE: Type = Type::List(&Type::List(&Type::Number));

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Array(items) = value.get_ref() else {
            return reader.wrong(value, &Self::TYPE);
        };
        let points: Vec<_> =
            items.iter().filter_map(|item| point(item, reader)).collect();
        reader.lost += items.len() - points.len();
        Some(Self { points, span: reader.span(value.span()) })
    }

    fn placeholder(span: Span) -> Self {
        Self { points: Vec::new(), span }
    }
}

fn point(
    item: &Toml<'_>,
    reader: &mut Reader<'_>,
) -> Option<(Number, BoundedInt<0, 100>)> {
    match item.get_ref().as_array().map(|pair| &pair[..]) {
        Some([x, u]) => Some((Number::read(x, reader)?, BoundedInt::read(u, reader)?)),
        _ => {
            let message = "expected a point `[value, utility]`";
            let span = reader.span(item.span());
            let found = Diagnostic::new(Code::BadUtility, span, message);
            reader.diags.push(found.hint("write one such as `[1000, 50]`"));
            None
        }
    }
}

/// Reports ids of options or tags that are given twice.
pub(super) fn unique<'r>(
    noun: &str,
    ids: impl Iterator<Item = &'r Slug>,
    diags: &mut Diagnostics,
) {
    let mut seen: Vec<&Slug> = Vec::new();
    for id in ids.filter(|id| !id.value.is_empty()) {
        match seen.iter().find(|first| first.value == id.value) {
            Some(first) => {
                let message = format!("duplicate {noun} `{}`", id.value);
                let found = Diagnostic::new(Code::DuplicateId, id.span, message);
                diags.push(found.label(first.span, "first defined here"));
            }
            None => seen.push(id),
        }
    }
}
