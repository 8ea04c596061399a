//! Which names and addresses this server goes by. The home of if-addrs and hostname.
//!
//! A page on the web can have its own name lead to 127.0.0.1 and then read whatever answers
//! there. So an answer is only given to a request that names this machine.

use std::net::{IpAddr, SocketAddr};

/// May a request with this `Host` have an answer from a server that listens at `at`?
pub(super) fn is_ours(host: &str, at: SocketAddr) -> bool {
    let host = without_port(host);
    if host.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    match bare.parse::<IpAddr>() {
        Ok(ip) if ip.is_loopback() || ip == at.ip() => true,
        // What the network calls this machine can change while the server runs.
        Ok(ip) => at.ip().is_unspecified() && own_addresses().contains(&ip),
        Err(_) => !at.ip().is_loopback() && is_own_name(bare),
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => {
            name
        }
        _ => host,
    }
}

/// The name of this machine, alone or as its neighbours find it.
fn is_own_name(name: &str) -> bool {
    let Ok(own) = hostname::get() else { return false };
    let own = own.to_string_lossy();
    let short = own.split('.').next().unwrap_or_default();
    let name = name.strip_suffix(".local").unwrap_or(name);
    !short.is_empty() && (name.eq_ignore_ascii_case(&own) || name.eq_ignore_ascii_case(short))
}

/// The addresses of this machine on its networks, those first that a phone in the same
/// office would use.
pub fn own_addresses() -> Vec<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let mut addresses: Vec<IpAddr> = interfaces
        .iter()
        .filter(|interface| !interface.is_loopback() && !interface.is_link_local())
        .map(if_addrs::Interface::ip)
        .collect();
    addresses.sort_by_key(|ip| (!is_private(*ip), *ip));
    addresses.dedup();
    addresses
}

fn is_private(ip: IpAddr) -> bool {
    matches!(ip, IpAddr::V4(ip) if ip.is_private())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_ours() {
        let loopback: SocketAddr = "127.0.0.1:1111".parse().expect("an address");
        let office: SocketAddr = "192.0.2.7:1111".parse().expect("an address");
        let any: SocketAddr = "0.0.0.0:1111".parse().expect("an address");
        for host in [
            "localhost",
            "LocalHost:1111",
            "127.0.0.1",
            "127.0.0.1:1111",
            "127.8.8.8",
            "[::1]:1111",
        ] {
            assert!(is_ours(host, loopback), "{host}");
            assert!(is_ours(host, any), "{host}");
        }
        assert!(is_ours("192.0.2.7:1111", office));
        for host in [
            "",
            "example.cn",
            "example.cn:1111",
            "127.0.0.1.example.cn",
            "localhost.example.cn",
            "example.cn#localhost",
            "localhost:1111:2222",
            "192.0.2.8",
            "192.0.2.8:1111",
            "[2001:db8::1]:1111",
            "::1:x",
        ] {
            for at in [loopback, office, any] {
                assert!(!is_ours(host, at), "{host} at {at}");
            }
        }
        for ip in own_addresses() {
            assert!(is_ours(&SocketAddr::new(ip, 1111).to_string(), any), "{ip}");
            assert!(!is_ours(&ip.to_string(), loopback), "{ip}");
        }
    }
}
