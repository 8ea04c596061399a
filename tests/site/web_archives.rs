//! The site as WARC: every file is found again.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use flate2::bufread::GzDecoder;
use xianfeng::output::media_type;
use xianfeng::output::warc::Warc;

use crate::campaign::{Built, Campaign, member};

fn archived(built: &Built) -> Vec<u8> {
    let mut warc = Warc::new(Vec::new(), Path::new("x"), &built.prepared.site).unwrap();
    let renderer = built.prepared.renderer();
    for (path, recipe) in &built.prepared.plan {
        warc.add(path, media_type(path, recipe), &renderer.render(path, recipe).unwrap()).unwrap();
    }
    warc.finish().unwrap()
}

/// The records: head and block. Each must be a gzip member of its own.
fn records(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut rest = Cursor::new(bytes);
    let mut records = Vec::new();
    while (rest.position() as usize) < bytes.len() {
        let mut record = Vec::new();
        GzDecoder::new(&mut rest).read_to_end(&mut record).unwrap();
        let end = record.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(record[..end].to_vec()).unwrap();
        let length: usize = field(&head, "Content-Length").parse().unwrap();
        assert_eq!(&record[end + 4 + length..], b"\r\n\r\n", "{head}");
        records.push((head, record[end + 4..end + 4 + length].to_vec()));
    }
    records
}

fn field<'h>(head: &'h str, name: &str) -> &'h str {
    let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_else(|| panic!("no {name} in {head}"))
}

fn campaign() -> Campaign {
    Campaign::new("")
        .with("content/stories/a.md", member("甲", "林某", "某支部", "民生"))
        .with("content/static/图 1.png", [0, 1, 2, 255])
}

#[test]
fn every_file_is_found_again_at_its_address() {
    for (base, campaign) in [
        ("http://site.invalid/", campaign()),
        ("https://e.cn/z/", campaign().published_at("https://e.cn/z/")),
    ] {
        let built = campaign.build();
        let records = records(&archived(&built));
        assert!(records[0].0.starts_with("WARC/1.0\r\nWARC-Type: warcinfo\r\n"));
        let mut found = BTreeMap::new();
        for (head, block) in &records[1..] {
            let end = block.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
            let http = String::from_utf8(block[..end].to_vec()).unwrap();
            assert!(http.starts_with("HTTP/1.1 200 OK\r\nContent-Type: "), "{http}");
            let length = field(&http, "Content-Length").parse::<usize>().unwrap();
            assert_eq!(length, block.len() - end - 4);
            assert_eq!(field(head, "WARC-Date"), "2026-06-01T04:00:00Z");
            let uri = field(head, "WARC-Target-URI").strip_prefix(base).unwrap().to_string();
            found.insert(uri, block[end + 4..].to_vec());
        }
        let files = built.files().into_iter().map(|(path, bytes)| {
            let folder = path.strip_suffix("index.html").map(str::to_string);
            (folder.unwrap_or(path).replace('图', "%E5%9B%BE").replace(' ', "%20"), bytes)
        });
        assert_eq!(found, files.collect());
    }
}

#[test]
fn records_that_are_made_apart_are_the_same() {
    let built = campaign().build();
    let mut warc = Warc::new(Vec::new(), Path::new("x"), &built.prepared.site).unwrap();
    let (records, renderer) = (warc.records().clone(), built.prepared.renderer());
    for (path, recipe) in &built.prepared.plan {
        let mut record = Vec::new();
        let content = renderer.render(path, recipe).unwrap();
        records
            .response(path, media_type(path, recipe), &content, &mut record, Path::new("x"))
            .unwrap();
        warc.append(&record).unwrap();
    }
    assert_eq!(warc.finish().unwrap(), archived(&built));
}

#[test]
fn ids_are_unlike_each_other_and_the_same_every_time() {
    let built = campaign().build();
    let bytes = archived(&built);
    assert_eq!(bytes, archived(&campaign().in_order(&[1, 0, 2]).build()));
    let records = records(&bytes);
    let mut ids: Vec<&str> =
        records.iter().map(|(head, _)| field(head, "WARC-Record-ID")).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), records.len());
    let about = field(&records[0].0, "WARC-Record-ID");
    assert!(records[1..].iter().all(|(head, _)| field(head, "WARC-Warcinfo-ID") == about));
}

#[test]
fn a_title_adds_no_field() {
    let campaign = campaign().with(
        "content/site.yaml",
        "title: \"甲\\r\\nWARC-Type: metadata\"\norganisation: \"乙\\u2028x\"\n",
    );
    let records = records(&archived(&campaign.build()));
    let about = String::from_utf8(records[0].1.clone()).unwrap();
    let names: Vec<&str> = about.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(names, ["software", "format", "conformsTo", "isPartOf", "operator", "description"]);
}

#[test]
fn media_types_are_those_that_outputs_declare_and_else_those_of_names() {
    let built = campaign().with("content/static/x/feed.xml", "<a/>").build();
    let mut found = BTreeMap::new();
    for (head, block) in &records(&archived(&built))[1..] {
        let end = block.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let http = String::from_utf8(block[..end].to_vec()).unwrap();
        let uri = field(head, "WARC-Target-URI").strip_prefix("http://site.invalid").unwrap();
        found.insert(uri.to_string(), field(&http, "Content-Type").to_string());
    }
    for (address, kind) in [
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/focal-points/livelihood/feed.xml", "application/atom+xml; charset=utf-8"),
        // An author's own file is no feed because of its name.
        ("/x/feed.xml", "application/xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
    ] {
        assert_eq!(found[address], kind, "{address}");
    }
}
