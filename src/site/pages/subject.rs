//! The types of subjects that page kinds have.

use crate::book::{
    Book, CriterionId, FrameworkId, GoalId, GuideId, LanguageId, PageId, with_ids,
};
use crate::plan::{PairId, Plan, RedirectId, Subject};

/// The type of the subjects of one kind of page.
pub(in crate::site) trait PageSubject: Copy {
    /// Whether there is only one.
    const IS_ONE: bool = false;

    /// All of them in a book, in order.
    fn all(book: &Book, plan: &Plan) -> Vec<Self>;

    /// The same as a subject of a page of some kind.
    fn wrap(self, kind: &'static str) -> Subject;

    /// Reads it back; none from a subject of another type.
    fn unwrap(subject: Subject) -> Option<Self>;
}

impl PageSubject for () {
    const IS_ONE: bool = true;

    fn all(_: &Book, _: &Plan) -> Vec<Self> {
        vec![()]
    }

    fn wrap(self, kind: &'static str) -> Subject {
        Subject::Fixed(kind)
    }

    fn unwrap(subject: Subject) -> Option<Self> {
        matches!(subject, Subject::Fixed(_)).then_some(())
    }
}

/// Implements [`PageSubject`] for an id: its variant, and all that there are.
macro_rules! subjects {
    ($($id:ident $variant:ident |$book:ident, $plan:ident| $all:expr;)+) => { $(
        impl PageSubject for $id {
            fn all($book: &Book, $plan: &Plan) -> Vec<Self> {
                $all.map(|(id, _)| id).collect()
            }

            fn wrap(self, _: &'static str) -> Subject {
                Subject::$variant(self)
            }

            fn unwrap(subject: Subject) -> Option<Self> {
                match subject {
                    Subject::$variant(id) => Some(id),
                    _ => None,
                }
            }
        }
    )+ };
}

subjects! {
    FrameworkId Framework |book, _plan| with_ids(&book.frameworks);
    LanguageId Language |book, _plan| with_ids(&book.languages);
    CriterionId Criterion |book, _plan| with_ids(&book.criteria);
    GoalId Goal |book, _plan| with_ids(&book.goals);
    PairId Pair |_book, plan| plan.pair_ids().map(|id| (id, ()));
    GuideId Guide |book, _plan| with_ids(&book.guides);
    PageId Page |book, _plan| with_ids(&book.pages);
    RedirectId Redirect |_book, plan| plan.redirect_ids().map(|id| (id, ()));
}
