//! `explain`: the arithmetic of a ranking, readable in 80 columns.

use std::fmt::Write;

use super::args::Explain;
use super::outcome::Outcome;
use super::outcome::say;
use super::session::Session;
use crate::book::{FrameworkId, GoalId, with_ids};
use crate::diag::{Code, Diagnostic, Diagnostics, thousands};
use crate::pipeline::Loaded;
use crate::rank::{Ranked, Utility};
use crate::site::sentences::{Sentences, points, rank};

/// Columns of the text.
const WIDTH: usize = 80;
/// Columns of names, and of facts.
const NAME: usize = 26;

/// Prints the arithmetic.
pub(super) fn run(session: &Session, options: &Explain) -> Outcome {
    let mut diags = Diagnostics::new();
    let loaded = match session.load(&mut diags) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    if diags.has_errors() {
        return session.fail(&diags, &loaded.sources);
    }
    let mut asked = Diagnostics::new();
    let goals = with_ids(&loaded.book.goals).map(|(id, goal)| (id, goal.slug.as_str()));
    let goal = named("goal", &options.goal, goals.collect(), &mut asked);
    let frameworks = with_ids(&loaded.book.frameworks);
    let frameworks = frameworks.map(|(id, framework)| (id, framework.slug.as_str()));
    let framework = options.framework.as_deref();
    let framework =
        framework.map(|name| named("framework", name, frameworks.collect(), &mut asked));
    let (Some(goal), false) = (goal, framework == Some(None)) else {
        return session.fail(&asked, &loaded.sources);
    };
    let text = match framework.flatten() {
        Some(framework) => one(&sentences(&loaded, goal), framework),
        None => all(&sentences(&loaded, goal)),
    };
    say(&text);
    Outcome::Fine
}

fn sentences(loaded: &Loaded, goal: GoalId) -> Sentences<'_> {
    let book = &loaded.book;
    let ranking = &loaded.rankings.goals[goal.index()];
    Sentences { book, goal, ranking, strings: &book.strings }
}

/// The id of a slug that was typed.
fn named<Id: Copy>(
    noun: &str,
    slug: &str,
    known: Vec<(Id, &str)>,
    diags: &mut Diagnostics,
) -> Option<Id> {
    let found = known.iter().find(|(_, name)| *name == slug);
    if found.is_none() {
        let unknown =
            Diagnostic::placeless(Code::Usage, format!("unknown {noun} `{slug}`"));
        diags.push(unknown.did_you_mean(slug, known.iter().map(|(_, name)| *name)));
    }
    found.map(|(id, _)| *id)
}

/// Everybody's place and what would change it.
fn all(sentences: &Sentences<'_>) -> String {
    let goal = sentences.goal();
    let mut text = format!("{}\n", goal.question);
    wrap(&mut text, &sentences.answer(), "");
    if !sentences.ranking.ranked.is_empty() {
        let _ = writeln!(
            text,
            "\n{:<5} {:<NAME$} {:>9} {:>11} {:>7} {:>7}",
            "rank", "framework", "points", "of 100 × D", "score", "known"
        );
    }
    for place in &sentences.ranking.ranked {
        let _ = writeln!(
            text,
            "{:<5} {:<NAME$} {:>9} {:>11} {:>7} {:>5} %",
            rank(place),
            fit(&sentences.book[place.framework].name),
            number(place.a),
            number(100 * place.d),
            score(place.tenths),
            place.coverage
        );
    }
    if !sentences.ranking.unranked.is_empty() {
        text.push_str("\nnot ranked\n");
    }
    for out in &sentences.ranking.unranked {
        let name = &sentences.book[out.framework].name;
        let reason = sentences.reason(out.framework, out.reason);
        wrap(&mut text, &format!("{name}: {reason}"), "  ");
    }
    let _ = writeln!(text, "\nweights (all together {})", sentences.ranking.total_weight);
    for (criterion, weight) in &goal.weights {
        let _ = writeln!(text, "  {weight:>2}  {}", sentences.book[*criterion].title);
    }
    let changes = sentences.changes();
    if !changes.is_empty() {
        text.push_str("\nwhat would change this result\n");
    }
    for change in changes {
        wrap(&mut text, &change, "  ");
    }
    let first = sentences.ranking.ranked.first();
    if let Some(first) = first {
        let slug = &sentences.book[first.framework].slug;
        let _ =
            writeln!(text, "\n`fieldguide explain {} {slug}` shows one sum.", goal.slug);
    }
    text
}

/// One framework's sum.
fn one(sentences: &Sentences<'_>, framework: FrameworkId) -> String {
    let goal = sentences.goal();
    let name = &sentences.book[framework].name;
    let place =
        sentences.ranking.ranked.iter().find(|place| place.framework == framework);
    let Some(place) = place else {
        let mut text = format!("{}\n", goal.question);
        let out =
            sentences.ranking.unranked.iter().find(|out| out.framework == framework);
        let reason = out.map(|out| sentences.reason(framework, out.reason));
        wrap(
            &mut text,
            &format!("{name} is not ranked. {}", reason.unwrap_or_default()),
            "",
        );
        return text;
    };
    let mut text = format!(
        "{}\n{name}: rank {}, {} of 100\n\n",
        goal.question,
        rank(place),
        score(place.tenths)
    );
    let _ = writeln!(
        text,
        "{:<NAME$} {:<NAME$} {:>26}",
        "criterion", "fact", "worth × weight = points"
    );
    for ((criterion, weight), utility) in goal.weights.iter().zip(&place.utilities) {
        let sum = match utility {
            Utility::Known(u) => {
                format!("{u} × {weight:>2} = {:>5}", number(points(*weight, *utility)))
            }
            Utility::Unknown => format!("unknown × {weight:>2} = {:>5}", 0),
            Utility::NotApplicable => "not counted".to_owned(),
        };
        let title = fit(&sentences.book[*criterion].title);
        let fact = fit(&sentences.value(framework, *criterion));
        let _ = writeln!(text, "{title:<NAME$} {fact:<NAME$} {sum:>26}");
    }
    text.push_str(&formula(place));
    text.push('\n');
    wrap(&mut text, &sentences.total(place), "");
    if let Some(up_to) = sentences.up_to(place) {
        wrap(&mut text, &up_to, "");
    }
    if let Some(holds_back) = sentences.holds_back(place) {
        wrap(&mut text, &holds_back, "");
    }
    text
}

/// The sums and the score's formula with its numbers (docs/method.md, "Points and scores").
fn formula(place: &Ranked) -> String {
    let Ranked { a, d, k, tenths, .. } = place;
    let line = |text: String| format!("{text:>WIDTH$}\n");
    let mut text = line(format!("A = {}", number(*a)));
    text.push_str(&format!(
        "\nweight that applies D = {d}, known K = {k}\n\
         score = floor((20·A + D) / (2·D)) / 10 = floor({} / {}) / 10 = {}\n",
        20 * u64::from(*a) + u64::from(*d),
        2 * d,
        score(*tenths)
    ));
    text
}

fn number(n: u32) -> String {
    thousands(usize::try_from(n).unwrap_or(usize::MAX))
}

fn score(tenths: u32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A text cut to the width of a column.
fn fit(text: &str) -> String {
    if text.chars().count() > NAME {
        text.chars().take(NAME - 1).chain(['…']).collect()
    } else {
        text.to_owned()
    }
}

/// Adds a paragraph, broken at words; its first line is indented, the rest a little more.
fn wrap(out: &mut String, text: &str, indent: &str) {
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column == 0 {
            out.push_str(indent);
            column = indent.len();
        } else if column + 1 + length > WIDTH {
            let _ = write!(out, "\n{indent}{indent}");
            column = 2 * indent.len();
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
}
