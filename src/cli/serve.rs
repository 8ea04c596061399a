//! The options of `serve`.

use std::net::{IpAddr, Ipv4Addr};

use super::complaints::both;
use super::options::Given;
use crate::diagnostic::Text;

/// How to serve.
#[derive(Clone, Debug, PartialEq)]
pub struct ServeArguments {
    /// The port, where one was asked for.
    pub port: Option<u16>,
    /// The address to listen at.
    pub interface: IpAddr,
    /// Open the browser.
    pub open: bool,
}

/// Reads the options.
pub(super) fn read(given: &Given) -> Result<ServeArguments, Text> {
    let mut serve =
        ServeArguments { port: None, interface: Ipv4Addr::LOCALHOST.into(), open: false };
    for option in given.options() {
        match option.name() {
            "--port" => {
                let port = option.text()?;
                serve.port = Some(port.parse().map_err(|_| {
                    both(
                        format!("--port 后面应当是 0 到 65535 的整数，不是“{port}”"),
                        format!("--port takes a number from 0 to 65535, not “{port}”"),
                    )
                })?);
            }
            "--interface" => {
                let address = option.text()?;
                serve.interface = match address {
                    "localhost" => Ipv4Addr::LOCALHOST.into(),
                    _ => address.parse().map_err(|_| {
                        both(
                            format!(
                                "--interface 后面应当是 127.0.0.1 或 0.0.0.0 这样的 IP 地址，不是“{address}”"
                            ),
                            format!(
                                "--interface takes an address such as 127.0.0.1 or 0.0.0.0, not “{address}”"
                            ),
                        )
                    })?,
                };
            }
            "--open" => serve.open = true,
            _ => {}
        }
    }
    Ok(serve)
}
