//! Files for search engines: `sitemap.xml`, and `robots.txt` where it is read at all.

use super::Site;
use super::xml::escape;

/// Writes the pages that search engines may list, each with the newest date of what it
/// shows.
pub(super) fn sitemap_xml(site: &Site<'_>, out: &mut Vec<u8>) {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in site.plan.pages.iter().filter(|page| page.is_indexed()) {
        xml.push_str("<url><loc>");
        escape(&site.book.site.base_url, &mut xml);
        escape(page.route.as_str(), &mut xml);
        xml.push_str("</loc>");
        if let Some(day) = page.metadata.updated {
            xml.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    out.extend_from_slice(xml.as_bytes());
}

/// Writes where search engines may go; read only at the root of a host.
pub(super) fn robots_txt(site: &Site<'_>, out: &mut Vec<u8>) {
    let base_url = &site.book.site.base_url;
    let text = format!("User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n");
    out.extend_from_slice(text.as_bytes());
}
