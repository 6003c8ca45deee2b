//! Files that are published as they are: which may be, and where.

use super::Resolver;
use crate::book::{Asset, image};
use crate::diag::{Code, Diagnostic};
use crate::raw::Text;

/// The folder of the book that they lie in.
const FOLDER: &str = "content/assets/";

/// The folder that hosts ask for below the root of a site (RFC 8615).
const WELL_KNOWN: &str = ".well-known/";

impl Resolver<'_> {
    /// The files below `content/assets/`, in order; what is wrong with them is reported.
    pub(super) fn assets(&mut self) -> Vec<Asset> {
        let raw = self.raw;
        let (root, trusted, longest_side) = match &raw.book.assets {
            Some(assets) => {
                let most = assets.longest_side.as_ref();
                let most = most.and_then(|most| u32::try_from(most.0.value).ok());
                (assets.root.as_slice(), assets.trusted.as_slice(), most)
            }
            None => (&[][..], &[][..], None),
        };
        let is_named =
            |list: &[Text], path: &str| list.iter().any(|name| name.value == path);
        let mut list = Vec::new();
        for asset in self.sources.assets(FOLDER) {
            let path = asset.path[FOLDER.len()..].to_owned();
            if let Some((message, hint)) = image::fault(&path, &asset.bytes, longest_side)
            {
                let found = Diagnostic::placeless(Code::BadImage, message);
                self.diags.push(found.hint(hint));
            }
            let is_trusted = is_named(trusted, &path);
            if let Some(script) =
                image::script(&path, &asset.bytes).filter(|_| !is_trusted)
            {
                let message = format!("`{FOLDER}{path}` holds script: {script}");
                let found = Diagnostic::placeless(Code::ScriptInAsset, message);
                let hint = format!(
                    "remove it, or write `trusted = [\"{path}\"]` in `[assets]` of `book.toml`"
                );
                self.diags.push(found.hint(hint));
            }
            list.push(Asset {
                size: image::size(&path, &asset.bytes),
                is_at_root: path.starts_with(WELL_KNOWN) || is_named(root, &path),
                path,
                bytes: asset.bytes.clone(),
            });
        }
        for name in root.iter().chain(trusted) {
            if !name.value.is_empty()
                && !list.iter().any(|asset| asset.path == name.value)
            {
                let message = format!("there is no file `{FOLDER}{}`", name.value);
                let found = Diagnostic::new(Code::DeadLink, name.span, message);
                let known = list.iter().map(|asset| asset.path.as_str());
                let found = found.did_you_mean(&name.value, known);
                self.diags.push(if found.hints.is_empty() {
                    found.hint(format!("name a file by its path below `{FOLDER}`"))
                } else {
                    found
                });
            }
        }
        list
    }
}
