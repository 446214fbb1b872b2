"""Text as a short word for addresses: deflated beside words that designs have in common, URL-safe, read with care."""

import base64
import binascii
import zlib

_MARK = "~"  # stands before a link of the second words; no letter of a link of the first


def packed(text: str) -> str:
    """A text as URL-safe characters, the shorter the more it is like a usual design's JSON."""
    squeeze = zlib.compressobj(9, wbits=-15, zdict=_SECOND_WORDS)
    body = squeeze.compress(text.encode()) + squeeze.flush()
    return _MARK + base64.urlsafe_b64encode(body).decode().rstrip("=")


def unpacked(token: str, most_bytes: int) -> str:
    """The text that `packed` was given, now or in an earlier Keepsake.

    Raises `ValueError` when the token is broken or holds more than `most_bytes`; safe on any text from anyone.
    """
    body = token.removeprefix(_MARK)
    words = _FIRST_WORDS if body == token else _SECOND_WORDS
    try:
        expand = zlib.decompressobj(wbits=-15, zdict=words)
        text = expand.decompress(
            base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True), most_bytes
        )
    except (binascii.Error, zlib.error) as error:
        raise ValueError(f"not a link: {error}") from None
    if not expand.eof or expand.unused_data:
        raise ValueError("a link cut short, too long, or with something behind it")
    return text.decode()


# Changing any of these words breaks every link ever shared: add a third list with a mark of its own instead.
_FIRST_WORDS = (
    b'"heirlooms":[]"metal_sourcing":"fairmined""mined""finish":"hammered""brushed""satin""accent_metal":"platinum'
    b'"options":{"comfort":true,"knife_edge""flat""court""d_shape""taper":"prongs":4"prongs":6"bezel_wall_mm":'
    b'"plain_band""halo""bezel""three_stone""pendant""earrings""bracelet""sapphire_blue""ruby""emerald""diamond_lab"'
    b'"oval""cushion""princess""pear""marquise""metal":"18k_white_pd""18k_rose""18k_yellow""14k_white_pd""14k_rose"'
    b'"inscriptions":[{"depth_mm":0.3,"font":"script","height_mm":1.4,"place":"inside","text":"'
    b'"inner_diameter_mm":17.323,"profile":"court","prongs":6,"thickness_mm":1.8,"width_mm":2.0}'
    b'"piece":"ring","stones":[{"clarity":"VS2","colour":"G","cut":"round_brilliant","gem":"diamond",'
    b'"length_mm":6.5,"role":"center","width_mm":6.5}],"style":"solitaire","version":1}'
)

# The commonest last: a word near the end takes the fewest bits to name.
_SECOND_WORDS = (
    b'"accent_metal":"heirlooms":[]"metal_sourcing":"fairmined""mined""raised":true"drawing":[["depth_mm":6.0,'
    b'"charm_left":"stone","charm_mm":10.0,"charm_right":"star","letter":"a","lettering":"serif","height_mm":15.0'
    b'"surface":"hammered""smooth""rise_mm":0.8,"table":"oval","table_mm":12.0"profile":"milgrain""knife_edge""flat"'
    b'"gap_mm":28.0,"inside_mm":60.0"form":"round","inside_mm":64.0,"profile":"d_shape","taper":0.35,'
    b'"closing":"click","diameter_mm":18.0,"profile":"round","bar_mm":6.0,"top":"hook""locking""setting":"pave"'
    b'"channel""shared_prong","direction":"horizontal","length_mm":32.0,"outline":"rectangle""oval""comfort":true'
    b'false,"rise":"classic","rim":"full""half""claws":"paired","rows":"double","shoulders":"split","prongs":8'
    b'"finish":"hammered""brushed""satin"_cabochon""sphere""rose_cut""trillion""baguette""radiant""asscher""heart"'
    b"sapphire_padparadscha_whitegarnet_tsavoriterhodolitetopaz_blueamethystcitrineperidotpearlopalmoonstonetanzanite"
    b'morganiteaquamarinemoissanitespineltourmaline_pink"emerald""ruby""sapphire_blue""diamond_lab""_lab"'
    b'"sterling"22k_yellow"10k_14k_white_pd"14k_rose"18k_rose"pt950_ru"18k_white_pd"18k_yellow"'
    b'"marquise""cushion""princess""pear""emerald""oval""clarity":"VVS2""VS1""SI1""IF""colour":"D""E""F""H""I"'
    b'"options":{"back":"butterfly","bezel_wall_mm":0.6,"prong_weight":"classic","prongs":4,"setting":"prongs"'
    b'"options":{"bail":"tapered","chain":"cable","chain_length_mm":450.0,"chain_weight":"classic","clasp":"lobster",'
    b'"clasp_grade":"standard","length_mm":24.0"thickness_mm":1.4,"width_mm":16.0},"piece":"pendant"'
    b'"earrings""bracelet"'
    b'"role":"band","width_mm":2.2"role":"side""role":"petal""role":"charm""role":"stone_4""role":"stone_3"'
    b'"role":"stone_2","width_mm":3.0},{"gem":"emerald","length_mm":3.0,"role":"stone_1","width_mm":3.0}'
    b'"style":"birthstone_row""family""eternity""half_eternity""plain_band""stacking_band""signet""three_stone""bezel"'
    b'"style":"halo""disc""heart""bar""initial""locket""plate""stud""hoop""drop""halo_stud""tennis"'
    b'"bangle""cuff""chain"'
    b'{"finish":"{"inner_diameter_mm":17.32,"inscriptions":[{"font":"capitals""serif""sans""depth_mm'
    b'":0.2,"height_mm":1.6'
    b'"place":"outside""back""front""text":"With love"}],"metal":"pt950_ir","options":{"bezel_wall_mm":0.6,'
    b'"claws":"single","gallery":"rail","hidden_halo":false,"profile":"court","prong_weight":"fine","prongs":4,'
    b'"rows":"single","shoulders":"plain","taper":0.1,"thickness_mm":1.6,"width_mm":2.2},"piece":"ring",'
    b'"stones":[{"cut":"oval","gem":"diamond","length_mm":8.0,"role":"center","width_mm":6.0},'
    b'{"clarity":"VS2","colour":"G","length_mm":1.3,"role":"halo","width_mm":1.3}],"style":"halo","version":1}'
    b'{"inner_diameter_mm":17.32,"inscriptions":[{"text":"Always"}],"options":{"claws":"single","gallery":"rail",'
    b'"hidden_halo":false,"profile":"court","prong_weight":"classic","prongs":6,"shoulders":"plain","taper":0.15,'
    b'"thickness_mm":1.8,"width_mm":2.0},"piece":"ring","stones":[{"clarity":"VS2","colour":"G","length_mm":6.5,'
    b'"role":"center","width_mm":6.5}],"style":"solitaire","version":1}'
)
